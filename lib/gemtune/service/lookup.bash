# shellcheck shell=bash
# A model by any of its names: what a service calls it, its id, the name of its operation, or its display name. What can
# be an id is taken for one, which costs nothing; only when the service does not know it, or it cannot be one, the list
# is searched for the display name.

on_model() { # VAR DEED NAME [ARGUMENT...]  DEED with the service's name of it, which model is set to
  if canonical_name "$3"; then
    case $2 in
      backend_get | ask) ;;
      *) expect_tuned "$kind" ;;
    esac
    [[ $2 == backend_watch ]] || operation=''
    ! "$2" "$1" "${operation:-$model}" "${@:4}" || return 0
    read_error
    find_refusal "$status:$error_reason:$error_message"
    [[ $refusal_id == model-unknown ]] || refuse
  fi
  search_model "$3"
  "$2" "$1" "$model" "${@:4}" || refuse
}

canonical_name() { # NAME [KIND]  sets kind, model and operation; fails where it cannot be a name
  backend_parse_name REPLY "$@" || return
  IFS=' ' read -r kind model operation <<<"$REPLY"
}

expect_tuned() { # KIND
  [[ $1 != base ]] || die usage "$model is a base model, and this takes a tuned one." "See yours: gemtune list"
}

check_display_name() { # NAME  its characters are counted, also where the locale (cron's) would count bytes
  local LC_ALL=C characters
  characters=${1//[$'\x80'-$'\xbf']/}
  ((${#characters} <= 40)) || invalid --display-name "more than 40 characters."
}

find_model() { # NAME  sets model; one request, with --dry-run only for a display name
  local found
  if [[ $dry_run == false ]]; then
    on_model found backend_get "$1"
  else
    canonical_name "$1" || search_model "$1"
  fi
}

search_model() { # NAME  by its display name; sets model, or ends the command
  local refusal=$REPLY url found rows=''
  [[ -n $1 ]] || usage_error "The name of a model is empty."
  backend_list url model '' 1000
  found=$(print_pages "${url%%$'\n'*}" --look | {
    libraries+=' lookup'
    transform --arg name "$1" -- 'search | visible' || (($? == nothing_came))
  }) || exit
  [[ $found != *$'\n'* ]] || rows=${found#*$'\n'}
  case ${found%%$'\n'*} in
    1) model=${rows%%$'\t'*} kind=model operation='' && note "'$1' is $model." ;;
    0) refuse_name "$1" "$refusal" "$rows" ;;
    *) die usage "${found%%$'\n'*} models are called '$1'." "Name one of them:"$'\n'"${rows//$'\t'/  }" ;;
  esac
}

refuse_name() { # NAME REFUSAL ROWS  ends the command
  suggest "${1##*/}" "$3"
  suggestion=${REPLY:+Did you mean ${REPLY//$'\n'/, or }?}
  canonical_name "$1" || die not_found "No tuned model has the display name '$1'." \
    "${suggestion:-What there is: gemtune list}"
  REPLY=$2 status=404
  refuse
}

read_models() { # MODEL...  prints the document of each; - is stdin's
  local name document
  for name; do
    if [[ $name == - ]]; then
      cat
    else
      (on_model document backend_get "$name" && printf '%s\n' "$document") || return
    fi
  done
}
