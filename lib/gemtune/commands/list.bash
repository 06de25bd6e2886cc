# Usage: gemtune list [--page-size=N]
# Summary: List your tuned models
#
#   --page-size=N   models in one request (default: 1000); all pages are read in any case
#
# Examples:
#   gemtune list
#   gemtune list --format='csv(name,state,tuningTask.completeTime)'

parse_arguments '' "$@"
use_backend

backend_tuned_models
print_pages "$REPLY?pageSize=${page_size:-1000}" | show table tuned_models name,displayName,baseModel,state,createTime
