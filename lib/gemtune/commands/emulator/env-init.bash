# Usage: eval "$(gemtune emulator env-init [--data-dir=DIR])"
# Summary: Print the exports that point gemtune at the running emulator
#
# One that was started a moment ago is waited for, up to five seconds.
#
#   --data-dir=DIR   the one it was started with

parse_arguments '' "$@"
[[ -n $flag_data_dir ]] || { default_data_dir && flag_data_dir=$REPLY; }
expect_own "$flag_data_dir"
expect_own "$flag_data_dir/env.yaml"

read_env() { # sets exports to what env.yaml says of the names that it is for, and host_port
  local line name value
  exports='' host_port=''
  while IFS= read -r line; do
    name=${line%%: *} value=${line#*: }
    case $name in
      GEMTUNE_EMULATOR_HOST) host_port=$value ;;
      GEMTUNE_EMULATOR_DATA_DIR | GEMTUNE_PROJECT) ;;
      *) continue ;;
    esac
    printf -v line 'export %s=%q\n' "$name" "$value"
    exports+=$line
  done <"$flag_data_dir/env.yaml" && is_loopback "http://$host_port"
} 2>/dev/null

listens() { # whether what env.yaml names can be reached: an emulator that was killed has left its own behind
  read_env && : <>"/dev/tcp/${host_port/://}"
} 2>/dev/null

for ((tenths = 0; ; tenths++)); do
  ! listens || break
  ((tenths < 50)) ||
    die nothing_to_do "No emulator is running with $flag_data_dir." \
      "Start one: gemtune emulator start --data-dir=$flag_data_dir &"
  ((tenths > 0)) || note "Waiting for an emulator with $flag_data_dir ..."
  sleep 0.1
done
printf %s "$exports"
