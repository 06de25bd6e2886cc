# Usage: gemtune auth print-access-token
# Summary: Print an access token that is good for another minute at least
#
# The token is kept in a cache of your own (mode 0600) and renewed when it runs out.
#
# Example:
#   export access_token=$(gemtune auth print-access-token)

parse_arguments '' "$@"
access_token
printf '%s\n' "$REPLY"
