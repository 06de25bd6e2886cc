# shellcheck shell=bash
# Answers that come page by page, as nextPageToken leads on.

print_pages() { # PATH_WITH_QUERY  every page, as nextPageToken leads on
  local page_token
  request GET "$1"
  while [[ $REPLY == *'"nextPageToken"'* ]]; do
    page_token=$(libraries='' transform -- '.[0].nextPageToken // "" | @uri' <<<"$REPLY") || exit
    pass_on
    request GET "$1&pageToken=$page_token"
  done
  pass_on
}

pass_on() { # the page in REPLY; a reader that has ended has said why
  printf '%s\n' "$REPLY" 2>/dev/null || exit
}

print_wanted_pages() { # PATH FUNCTION SORT_BY LIMIT PAGE_SIZE  all, or as many as LIMIT needs
  local size=$((10#$5)) left=$((10#${4:-0})) found token libraries="$libraries filter"
  ((left == 0 || left >= size)) || [[ -n $3$filter_terms ]] || size=$left
  if [[ -z $4 || -n $3 ]]; then
    print_pages "$1?pageSize=$size$filter_query"
    return
  fi
  request GET "$1?pageSize=$size$filter_query"
  while [[ $REPLY == *'"nextPageToken"'* ]]; do
    read -r found token < <(transform --arg terms "$filter_terms" -- "page_summary($2)" <<<"$REPLY")
    pass_on
    ((left -= found, left > 0)) || return 0
    request GET "$1?pageSize=$size$filter_query&pageToken=$token"
  done
  pass_on
}
