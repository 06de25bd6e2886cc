# Usage: gemtune share list MODEL
# Summary: List who may use a tuned model, and as what
#
# Example:
#   gemtune share list number-generator-1a2b3c --format='value(emailAddress,role)'

parse_arguments MODEL "$@"
use_backend
use_part sharing

read_permissions pages "${operands[0]}"
show table permissions "$permission_keys" <<<"$pages"
