# Usage: gemtune models list [--tunable] [--filter=EXPRESSION] [--sort-by=KEY,...] [--limit=N] [--page-size=N]
# Summary: List base models
#
#   --tunable             only those that can be tuned
#   --filter=EXPRESSION   as for `gemtune list`; words look into everything that is known of a model
#   --sort-by=KEY,...     by these keys; ~KEY downwards (default: as the service lists them)
#   --limit=N             at most so many (default: all)
#   --page-size=N         models in one request (default: 1000)
#
# Examples:
#   gemtune models list --tunable
#   gemtune models list --filter='supportedGenerationMethods:countTokens' --format='value(name)'

parse_arguments '' "$@"
use_backend
read_filter "$filter" here

backend_models
list_resources "$REPLY" "${tunable:+tunable_}models" name,displayName,inputTokenLimit,outputTokenLimit \
  "$sort_by" "$limit" "$page_size"
