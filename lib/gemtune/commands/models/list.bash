# Usage: gemtune models list [--tunable]
# Summary: List base models
#
#   --tunable   only those that can be tuned
#
# Examples:
#   gemtune models list --tunable
#   gemtune models list --format='value(name)'

parse_arguments '' "$@"
use_backend
filter=${tunable:+tunable_}models

backend_models
print_pages "$REPLY?pageSize=1000" | show table "$filter" name,displayName,inputTokenLimit,outputTokenLimit
