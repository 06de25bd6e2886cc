# Usage: gemtune share remove MODEL EMAIL|PERMISSION|everyone
# Summary: Take a tuned model back from somebody
#
# PERMISSION is a name that `gemtune share list MODEL` shows, or its last part.
#
# Examples:
#   gemtune share remove number-generator-1a2b3c friend@example.com
#   gemtune share remove number-generator-1a2b3c everyone

parse_arguments 'MODEL EMAIL' "$@"
use_backend
use_part sharing

find_permission "${operands[0]}" "${operands[1]}"
[[ -n $permission ]] ||
  die not_found "[$model] is not shared with '${operands[1]}'." "See with whom it is: gemtune share list $model"
remove_permission
note "Removed [$permission], which had the role $current_role."
