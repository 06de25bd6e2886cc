# Usage: gemtune list [--filter=EXPRESSION] [--sort-by=KEY,...] [--limit=N] [--page-size=N]
# Summary: List your tuned models
#
#   --filter=EXPRESSION   which ones: words look into names and descriptions; owner:me, writers:me,
#                         readers:me and readers:everyone into who may use them; KEY=VALUE, !=, <, <=, >, >=,
#                         KEY:TEXT (contains), KEY~REGEX and !~ into any key. AND between them may be left
#                         out; OR stands between terms with a key; NOT or - turns one round
#   --sort-by=KEY,...     by these keys; ~KEY downwards (default: as the service lists them)
#   --limit=N             at most so many (default: all)
#   --page-size=N         models in one request (default: 1000)
#
# Examples:
#   gemtune list --filter='state=ACTIVE AND createTime>2026-11' --sort-by=~createTime --limit=5
#   gemtune list --format='csv(name,state,tuningTask.snapshots[-1].meanLoss)'

parse_arguments '' "$@"
use_backend
list_resources model models name,displayName,baseModel,state,createTime \
  "$flag_filter" "$flag_sort_by" "$flag_limit" "$flag_page_size"
