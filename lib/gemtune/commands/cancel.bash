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

wanted=$dry_run dry_run=false # the operation is looked for in any case
find_operation "${operands[0]}"
operation=$REPLY dry_run=$wanted
model=${operation#/v*/} model=${model%%/operations/*}
[[ $operation == */operations/* ]] || die 3 "No tuning of [$model] is known any more." "See its state: gemtune describe $model"

if [[ $dry_run == false ]]; then
  request GET "$operation"
  [[ $(transform -- 'resource.done // false' <<<"$REPLY") == false ]] ||
    die 3 "This tuning has ended already." "See how: gemtune describe $model"
  confirm "The tuning of [$model] will be cancelled, and what was learned so far is lost."
fi
request POST "$operation:cancel" '{}'
note "Cancelled [$model]."
