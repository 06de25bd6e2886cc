# Usage: gemtune share transfer MODEL EMAIL
# Summary: Give a tuned model to another owner; you stay a writer
#
# Only the new owner can give it back, so it asks first.
#
# Example:
#   gemtune share transfer number-generator-1a2b3c friend@example.com

parse_arguments 'MODEL EMAIL' "$@"
use_backend
email=${operands[1]}
check_email "$email"

find_model "${operands[0]}"
expect_tuned "$model"
[[ $dry_run == true ]] ||
  confirm "[$model] will belong to $email, and you will be a writer of it afterwards."
body=$(transform --raw-input --arg email "$email" -- transfer_request <<<'')
backend_model "$model"
request POST "$REPLY:transferOwnership" "$body" 403
[[ $status != 403 ]] || expect_owner "$model" "$email"
note "Transferred [$model] to $email."
