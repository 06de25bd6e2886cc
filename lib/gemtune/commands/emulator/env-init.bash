# Usage: eval "$(gemtune emulator env-init [--data-dir=DIR])"
# Summary: Print the exports that point gemtune at the running emulator
#
# One that was started a moment ago is waited for, up to five seconds.
#
#   --data-dir=DIR   the one it was started with

parse_arguments '' "$@"
[[ -n $flag_data_dir ]] || { default_data_dir && flag_data_dir=$REPLY; }

listens() { # whether what env.yaml names can be reached: an emulator that was killed has left its own behind
  local host_port
  read -r _ host_port <"$flag_data_dir/env.yaml" && : <>"/dev/tcp/${host_port/://}"
} 2>/dev/null

for ((tenths = 0; ; tenths++)); do
  ! listens || break
  ((tenths < 50)) ||
    die nothing_to_do "No emulator is running with $flag_data_dir." \
      "Start one: gemtune emulator start --data-dir=$flag_data_dir &"
  ((tenths > 0)) || note "Waiting for an emulator with $flag_data_dir ..."
  sleep 0.1
done

while IFS= read -r line; do
  printf 'export %s=%q\n' "${line%%: *}" "${line#*: }"
done <"$flag_data_dir/env.yaml"
