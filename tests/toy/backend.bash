# shellcheck shell=bash disable=SC2154,SC2034
# A backend for the toy service: what a second one needs, and nothing of the first.

libraries+=' backends/toy/toy'
backend_started_keys=name,state
backend_without_sharing='Nobody shares a toy.'

backend_url() { printf -v "$1" %s https://toy.test; }

backend_headers() { # VAR
  required_project
  printf -v "$1" %s "x-goog-user-project: $REPLY"
}

backend_parse_name() { # VAR TEXT [KIND]
  [[ ${2#jobs/} =~ ^[a-z0-9-]+$ ]] || return
  if [[ ${3:-} == base ]]; then REPLY="base $2"; else REPLY="model jobs/${2#jobs/}"; fi
  printf -v "$1" %s "$REPLY"
}

backend_list() { # VAR KIND FILTER SIZE
  split_filter "$3"
  printf -v "$1" '%s\n%s' "$base_url/toy/jobs?limit=$4" "$filter_terms"
}

backend_get() { # VAR NAME [OPTION_OF_REQUEST]
  request "$1" GET "$base_url/toy/$2" --handle=404 "${@:3}"
  [[ $status != 404 ]]
}

backend_expect_tunable() { [[ $1 == toy ]] || die not_found "$1 is no toy."; }

backend_start() { # VAR BODY DATA ID
  REPLY=$(transform --arg id "$4" -- '.[0] | .label = $id' <"$2") || exit
  request "$1" POST "$base_url/toy/jobs" --body="$REPLY"
}

backend_watch() { printf -v "$1" %s "$base_url/toy/$2 $2"; }

backend_ask() { printf -v "$1" %s "$base_url/toy/$2:ask"; }

backend_update() { die usage "A toy stays as it is."; }

backend_cancel() { die usage "A toy cannot be cancelled."; }

backend_delete() { # NAME
  request REPLY DELETE "$base_url/toy/$1" --handle=404
  [[ $status != 404 ]]
}
