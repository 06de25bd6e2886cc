# Usage: eval "$(gemtune emulator env-unset)"
# Summary: Print what takes the exports of env-init back

parse_arguments '' "$@"
printf 'unset %s\n' GEMTUNE_EMULATOR_HOST GEMTUNE_EMULATOR_DATA_DIR GEMTUNE_PROJECT
