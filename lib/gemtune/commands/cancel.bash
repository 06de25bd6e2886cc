# Usage: gemtune cancel MODEL
# Summary: Cancel a tuning that is under way
#
# MODEL may be the operation itself. What was learned so far is lost, so it asks first; a cancelled
# tuning cannot be taken up again. Exit code 3: it has ended already.
#
# Example:
#   gemtune cancel number-generator-1a2b3c --quiet

parse_arguments MODEL "$@"
use_backend

on_model watched backend_watch "${operands[0]}" --look
if [[ $dry_run == false ]]; then
  request document GET "${watched% *}"
  progress=$(read_progress <<<"$document")
  case $progress in
    QUEUED* | RUNNING*) ;;
    *) die nothing_to_do "This tuning has ended already." "See how: gemtune describe $model" ;;
  esac
  confirm "The tuning of [$model] will be cancelled, and what was learned so far is lost."
fi
backend_cancel "${watched##* }"
note "Cancelled [$model]."
