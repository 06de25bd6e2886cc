# shellcheck shell=bash
# Answers that come page by page.

print_pages() { # URL [OPTION_OF_REQUEST]  every page
  local page next
  request page GET "$@"
  while [[ $page == *"$backend_page_mark"* ]]; do
    next=$(transform --arg url "$1" -- '.[0] | next_page($url)' <<<"$page") || exit
    [[ -n $next ]] || break
    pass_on "$page"
    request page GET "$next" "${@:2}"
  done
  pass_on "$page"
}

print_wanted_pages() { # URL FUNCTION SORT_BY LIMIT [OPTION_OF_REQUEST]  all, or as many as LIMIT needs
  local left=$((10#${4:-0})) found page next libraries="$libraries filter"
  if [[ -z $4 || -n $3 ]]; then
    print_pages "$1" "${@:5}"
    return
  fi
  request page GET "$1" "${@:5}"
  while [[ $page == *"$backend_page_mark"* ]]; do
    read -r found next < <(
      transform --arg terms "$filter_terms" --arg url "$1" -- "page_summary($2)" <<<"$page"
    )
    pass_on "$page"
    ((left -= found, left > 0)) && [[ -n $next ]] || return 0
    request page GET "$next" "${@:5}"
  done
  pass_on "$page"
}

pass_on() { # PAGE  a reader that has ended has said why
  printf '%s\n' "$1" 2>/dev/null || exit
}
