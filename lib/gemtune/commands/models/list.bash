# Usage: gemtune models list [--tunable]
# Summary: List base models
#
#   --tunable   only those that can be tuned
#
# Examples:
#   gemtune models list --tunable
#   gemtune models list --format='value(name)'

filter=models
flag() {
  case $1 in
    --tunable) filter=tunable_models ;;
    *) return 1 ;;
  esac
}
parse_arguments '' "$@"
use_backend

backend_models
print_pages "$REPLY?pageSize=1000" | show table "$filter" name,displayName,inputTokenLimit,outputTokenLimit
