# shellcheck shell=bash
# A list, filtered, sorted and cut as --filter, --sort-by, --limit and --page-size say.

filter_query='' filter_terms='' # what the service compares (in the URL), and what is compared here (for filter.jq)

read_filter() { # EXPRESSION [here]  `here` where the service compares nothing
  local problem libraries="$libraries filter"
  [[ -n $1 ]] || return 0
  { IFS= read -r problem && IFS= read -r filter_query && IFS= read -r filter_terms; } < <(
    transform --raw-input -- "lines(${2:-.})" <<<"$1"
  ) || exit
  [[ -z $problem ]] || invalid --filter "$problem."
  filter_query=${filter_query:+&filter=$filter_query}
}

list_resources() { # PATH FUNCTION KEYS [SORT_BY [LIMIT [PAGE_SIZE]]]  a function of the backend's models.jq that has the resources
  local chosen=$2 libraries=$libraries
  need jq # else each half of the pipe would say so, in its own way
  if [[ -n $filter_terms${4:-}${5:-} ]]; then
    chosen+=' | picked($terms; $sort_by; $limit)' libraries+=' filter'
  fi
  [[ $dry_run == false || -z $filter_terms ]] || note "What this lists is then compared with --filter here."
  {
    trap 'echo null 2>/dev/null' EXIT # where a page is missing: what came is not the list
    print_wanted_pages "$1" "$2" "${4:-}" "${5:-}" "${6:-1000}"
    trap - EXIT
  } |
    show table "$chosen" "$3" --arg terms "$filter_terms" --arg sort_by "${4:-}" --arg limit "${5:-}"
}
