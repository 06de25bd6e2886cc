# Usage: gemtune poll [OPERATION|MODEL] [--interval=SECONDS] [--timeout=SECONDS]
# Summary: Follow a tuning until it is done
#
# Without a name it takes up the newest tuning of this machine, also after a crash. Progress goes to
# stderr: on a terminal as one bar, which stays when it is full, elsewhere (and with NO_COLOR) as a
# line for each change. The tuned model is printed when it is there. While the service does not
# answer it looks again, less and less often, until the timeout ends; Ctrl-C leaves the tuning alone.
# Exit code 7: the tuning failed; 8: it still runs when the timeout ends.
#
#   --interval=SECONDS   how often to look (default: 5)
#   --timeout=SECONDS    how long to look in all (default: as long as it takes)
#
# Examples:
#   gemtune poll
#   gemtune poll number-generator-1a2b3c --interval=60 --timeout=3600

parse_arguments '[MODEL]' "$@"
use_backend

name=${operands[0]:-}
[[ -n $name ]] || { newest_tuning && name=$REPLY; }
[[ -n $name ]] ||
  die nothing_to_do "No tuning was started from here." "Start one with gemtune create, or name one: gemtune poll MODEL"
follow "$name" "${flag_interval:-5}" "$flag_timeout"
show value 'models[0]' name,state <<<"$document"
