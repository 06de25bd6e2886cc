# Usage: gemtune emulator stop [--data-dir=DIR]
# Summary: Stop the emulator
#
#   --data-dir=DIR   the one it was started with

parse_arguments '' "$@"
[[ -n $data_dir ]] || { default_data_dir && data_dir=$REPLY; }

py emulator stop --data-dir "$data_dir"
