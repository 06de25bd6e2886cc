# Usage: gemtune emulator stop [--data-dir=DIR]
# Summary: Stop the emulator
#
#   --data-dir=DIR   the one it was started with

parse_arguments '' "$@"
[[ -n $flag_data_dir ]] || { default_data_dir && flag_data_dir=$REPLY; }

py emulator stop --data-dir "$flag_data_dir"
