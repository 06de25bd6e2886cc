# Usage: gemtune share transfer MODEL EMAIL
# Summary: Give a tuned model to another owner; you stay a writer
#
# Only the new owner can give it back, so it asks first.
#
# Example:
#   gemtune share transfer number-generator-1a2b3c friend@example.com

parse_arguments 'MODEL EMAIL' "$@"
use_backend
use_part sharing
email=${operands[1]}
check_email "$email"

! canonical_name "${operands[0]}" || expect_tuned "$kind"
find_model "${operands[0]}"
[[ $dry_run == true ]] ||
  confirm "[$model] will belong to $email, and you will be a writer of it afterwards."
transfer_to "$email"
note "Transferred [$model] to $email."
