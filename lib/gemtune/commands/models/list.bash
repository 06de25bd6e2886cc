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
list_resources base "base_models${flag_tunable:+ | map(select(.tunable))}" \
  name,displayName,inputTokenLimit,outputTokenLimit \
  "$flag_filter" "$flag_sort_by" "$flag_limit" "$flag_page_size"
