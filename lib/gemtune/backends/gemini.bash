# shellcheck shell=bash
# The Gemini API's tuning service: https://ai.google.dev/api/tuning
# Google withdrew every model that could be tuned from it in May 2025.

libraries+=' backends/google/paging backends/google/generate_content backends/gemini/models backends/gemini/tuning'
backend_page_mark='"nextPageToken"'
backend_stream=backends/google/stream
backend_started_keys=name,metadata.tunedModel,metadata.totalSteps # what `create` prints in a table
backend_none_tunable="No model can be tuned with this login: Google withdrew tuning from the Gemini API in May 2025.
Google tunes on Gemini Enterprise Agent Platform (Vertex AI) now, which is another API:
https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/tuning/supervised-tuning/use
To try these commands without Google: gemtune quickstart, or gemtune emulator start"

backend_url() { # VAR SERVICE
  printf -v "$1" %s https://generativelanguage.googleapis.com
}

backend_headers() { # VAR  the project that pays
  required_project
  printf -v "$1" %s "x-goog-user-project: $REPLY"
}

backend_parse_name() { # VAR TEXT [KIND]  tunedModels/x, x, models/x (as a base model x too), or an operation's name
  case $2:${3:-} in
    tunedModels/* | models/*) set -- "$1" "$2" own ;;
    *:base) set -- "$1" "models/$2" ;;
    *) set -- "$1" "tunedModels/$2" ;;
  esac
  [[ $2 =~ ^(models/[a-z0-9.-]+|tunedModels/[a-z0-9-]+(/operations/[a-z0-9]+)?)$ && $2 != */.* ]] || {
    [[ ${3:-} != own ]] || usage_error "'$2' is not the name of a model."
    return 1
  }
  case $2 in
    models/*) printf -v "$1" %s "base $2" ;;
    */operations/*) printf -v "$1" %s "operation ${2%%/operations/*} $2" ;;
    *) printf -v "$1" %s "model $2" ;;
  esac
}

backend_list() { # VAR KIND FILTER SIZE
  if [[ $2 == base ]]; then split_filter "$3"; else split_filter "$3" owner writers readers; fi
  [[ $2 != own ]] || filter_words="owner%3Ame${filter_words:+%20$filter_words}"
  if [[ $2 == base ]]; then REPLY=models; else REPLY=tunedModels; fi
  printf -v "$1" '%s\n%s' "$base_url/v1beta/$REPLY?pageSize=$4${filter_words:+&filter=$filter_words}" "$filter_terms"
}

backend_get() { # VAR NAME [OPTION_OF_REQUEST]
  request "$1" GET "$base_url/v1beta/$2" --handle=404 "${@:3}"
  [[ $status != 404 ]]
}

backend_expect_tunable() { # NAME  before anything is sent
  local url tunable
  backend_list url base '' 1000
  tunable=$(print_pages "${url%%$'\n'*}" |
    { transform -- 'base_models[] | select(.tunable) | .name' || (($? == nothing_came)); }) || exit
  [[ -n $tunable ]] || die not_found "${backend_none_tunable%%$'\n'*}" "${backend_none_tunable#*$'\n'}"
  [[ $1 != models/* || $'\n'$tunable$'\n' == *$'\n'$1$'\n'* ]] ||
    die not_found "$1 cannot be tuned." "These can:"$'\n'"$tunable"
}

backend_start() { # VAR BODY DATA ID  the data are in the body
  request "$1" POST "$base_url/v1beta/tunedModels?tunedModelId=$4" --body="$(<"$2")" --handle='409 unknown'
}

backend_watch() { # VAR NAME [OPTION_OF_REQUEST]  operations stand under /v1, as in Google's own example
  if [[ $2 != */operations/* ]]; then
    request REPLY GET "$base_url/v1beta/$2/operations?pageSize=1" --handle=404 "${@:3}"
    [[ $status != 404 ]] || return
    REPLY=$(transform -- operation <<<"$REPLY") || exit
    [[ -z $REPLY ]] || set -- "$1" "$REPLY"
  fi
  if [[ $2 == */operations/* ]]; then REPLY=v1; else REPLY=v1beta; fi
  printf -v "$1" %s "$base_url/$REPLY/$2 $2"
}

backend_ask() { # VAR NAME whole|stream
  if [[ $3 == stream ]]; then REPLY='streamGenerateContent?alt=sse'; else REPLY=generateContent; fi
  printf -v "$1" %s "$base_url/v1beta/$2:$REPLY"
}

backend_update() { # VAR NAME FIELDS BODY
  request "$1" PATCH "$base_url/v1beta/$2?updateMask=$3" --body="$4" --handle=404
  [[ $status != 404 ]]
}

backend_cancel() { # NAME
  [[ $1 == */operations/* ]] ||
    die nothing_to_do "No tuning of [$1] is known any more." "See its state: gemtune describe $1"
  request REPLY POST "$base_url/v1/$1:cancel" --body='{}'
}

backend_delete() { # NAME  gone at the second attempt: the first one arrived, and only its answer was lost
  request REPLY DELETE "$base_url/v1beta/$1" --handle=404
  [[ $status != 404 ]] || ((attempt > 1))
}
