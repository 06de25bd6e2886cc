# shellcheck shell=bash
# A list, filtered, sorted and cut as --filter, --sort-by, --limit and --page-size say.

filter_query='' filter_terms='' # what the service compares (in the URL), and what is compared here (for filter.jq)
jq_filter_modules='include "visible"; include "format"; include "filter";'

read_filter() { # EXPRESSION [here]  `here` where the service compares nothing
  local problem jq_modules=$jq_filter_modules
  [[ -n $1 ]] || return 0
  { IFS= read -r problem && IFS= read -r filter_query && IFS= read -r filter_terms; } < <(
    transform --raw-input -- "lines(${2:-.})" <<<"$1"
  ) || exit
  [[ -z $problem ]] || invalid --filter "$problem."
  filter_query=${filter_query:+&filter=$filter_query}
}

list_resources() { # PATH FUNCTION KEYS [SORT_BY [LIMIT [PAGE_SIZE]]]  a function of the backend's models.jq that has the resources
  local chosen=$2 jq_modules=$jq_modules
  need jq # else each half of the pipe would say so, in its own way
  if [[ -n $filter_terms${4:-}${5:-} ]]; then
    chosen+=' | picked($terms; $sort_by; $limit)' jq_modules=$jq_filter_modules
  fi
  [[ $dry_run == false || -z $filter_terms ]] || note "What this lists is then compared with --filter here."
  {
    trap 'echo null 2>/dev/null' EXIT # where a page is missing: what came is not the list
    print_wanted_pages "$1" "$2" "${4:-}" "${5:-}" "${6:-1000}"
    trap - EXIT
  } |
    show table "$chosen" "$3" --arg terms "$filter_terms" --arg sort_by "${4:-}" --arg limit "${5:-}"
}

print_wanted_pages() { # PATH FUNCTION SORT_BY LIMIT PAGE_SIZE  all, or as many as LIMIT needs
  local size=$((10#$5)) left=$((10#${4:-0})) found token jq_modules=$jq_filter_modules
  ((left == 0 || left >= size)) || [[ -n $3$filter_terms ]] || size=$left
  if [[ -z $4 || -n $3 ]]; then
    print_pages "$1?pageSize=$size$filter_query"
    return
  fi
  request GET "$1?pageSize=$size$filter_query"
  while [[ $REPLY == *'"nextPageToken"'* ]]; do
    read -r found token < <(transform --arg terms "$filter_terms" -- "page_summary($2)" <<<"$REPLY")
    printf '%s\n' "$REPLY"
    ((left -= found, left > 0)) || return 0
    request GET "$1?pageSize=$size$filter_query&pageToken=$token"
  done
  printf '%s\n' "$REPLY"
}
