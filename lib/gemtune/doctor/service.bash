# shellcheck shell=bash
# Whether the API is on, and tunes.

check_service() {
  local count tunable
  examine api ask_for_models || return 0
  read -r count tunable <<<"$REPLY"
  fine api "The API answers, and has $count models."
  if [[ -n $tunable ]]; then
    fine tunable-models "${tunable//,/, }"
  else
    doubtful tunable-models "${backend_none_tunable%%$'\n'*}" "${backend_none_tunable#*$'\n'}"
  fi
}

ask_for_models() { # prints how many, and the names of those that can be tuned; nothing is waited for
  local url
  flag_retry_max_time=0 max_time=20
  backend_list url base '' 1000
  REPLY=$(print_pages "${url%%$'\n'*}") || exit
  transform -- 'base_models | "\(length) \(map(select(.tunable) | .name) | join(","))"' <<<"$REPLY"
}
