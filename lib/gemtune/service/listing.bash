# shellcheck shell=bash
# A list, filtered, sorted and cut as --filter, --sort-by, --limit and --page-size say.

filter_words='' filter_terms='' # what the service compares (for its URL), and what is compared here (for filter.jq)

split_filter() { # EXPRESSION [KEY...]
  # KEYs, and words without one, are for the service; without any it compares nothing
  local problem libraries='visible columns format filter'
  filter_words='' filter_terms=''
  [[ -n $1 ]] || return 0
  { IFS= read -r problem && IFS= read -r filter_words && IFS= read -r filter_terms; } < <(
    transform --raw-input --arg keys "${*:2}" -- lines <<<"$1"
  ) || exit
  [[ -z $problem ]] || invalid --filter "$problem."
}

list_resources() { # KIND FUNCTION KEYS FILTER [SORT_BY [LIMIT [PAGE_SIZE [OPTION_OF_REQUEST]]]]
  # FUNCTION of the backend's jq has the resources
  local url chosen=$2 size=$((10#${7:-1000})) limit=$((10#${6:-0})) libraries=$libraries
  need jq # else each half of the pipe would say so, in its own way
  backend_list url "$1" "$4" "$size"
  filter_terms=${url#*$'\n'}
  ((limit == 0 || limit >= size)) || [[ -n $filter_terms${5:-} ]] || backend_list url "$1" "$4" "$limit"
  url=${url%%$'\n'*}
  if [[ -n $filter_terms${5:-}${6:-} ]]; then
    chosen+=' | picked($terms; $sort_by; $limit)' libraries+=' filter'
  fi
  [[ $dry_run == false || -z $filter_terms ]] || note "What this lists is then compared with --filter here."
  {
    trap 'echo null 2>/dev/null' EXIT # where a page is missing: what came is not the list
    print_wanted_pages "$url" "$2" "${5:-}" "${6:-}" "${@:8}"
    trap - EXIT
  } |
    show table "$chosen" "$3" --arg terms "$filter_terms" --arg sort_by "${5:-}" --arg limit "${6:-}"
}
