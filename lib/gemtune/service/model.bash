# shellcheck shell=bash
# A model by any of its names: tunedModels/x, x, the name of its operation, or its display name. What can be an id
# is taken for one, which costs nothing; only when the service does not know it, or it cannot be one, the list is
# searched for the display name.

on_model() { # METHOD NAME [SUFFIX [BODY]]  sets REPLY to the answer, and model to the name that it came from
  if backend_has_name "$2"; then
    model=${REPLY%%/operations/*}
    [[ $1 == GET && -z ${3:-} || ${3:-} == :*enerateContent* ]] || expect_tuned "$model"
    backend_model "$model"
    request "$1" "$REPLY${3:-}" "${4:-}" 404
    [[ $status == 404 ]] || return 0
    [[ $model == tunedModels/* && $REPLY != *'is not found for'* ]] || refuse # that is its base model
  fi
  search_model "$2"
  backend_model "$model"
  request "$1" "$REPLY${3:-}" "${4:-}"
}

expect_tuned() { # NAME
  [[ $1 != models/* ]] || die 2 "$1 is a base model, and this takes a tuned one." "See yours: gemtune list"
}

check_display_name() { # NAME  its characters are counted, also where the locale (cron's) would count bytes
  local LC_ALL=C characters
  characters=${1//[$'\x80'-$'\xbf']/}
  ((${#characters} <= 40)) || invalid --display-name "more than 40 characters."
}

find_model() { # NAME  sets REPLY and model to tunedModels/ID; one request, with --dry-run only for a display name
  if [[ $dry_run == false ]]; then
    on_model GET "$1"
  elif backend_has_name "$1"; then
    model=${REPLY%%/operations/*}
  else
    search_model "$1"
  fi
  REPLY=$model
}

search_model() { # NAME  by its display name; sets model, or ends the command
  local refusal=$REPLY found rows=''
  case $1 in tunedModels/* | models/*) backend_has_name "$1" || usage_error "'$1' is not the name of a model." ;; esac
  [[ -n $1 ]] || usage_error "The name of a model is empty."
  backend_tuned_models
  found=$(dry_run=false && print_pages "$REPLY?pageSize=1000" |
    { transform --arg name "$1" -- 'search | visible' || (($? == nothing_came)); }) || exit
  [[ $found != *$'\n'* ]] || rows=${found#*$'\n'}
  case ${found%%$'\n'*} in
    1) model=${rows%%$'\t'*} && note "'$1' is $model." ;;
    0) refuse_name "$1" "$refusal" "$rows" ;;
    *) die 2 "${found%%$'\n'*} models are called '$1'." "Name one of them:"$'\n'"${rows//$'\t'/  }" ;;
  esac
}

refuse_name() { # NAME REFUSAL NEAR_NAMES  ends the command
  suggestion=${3:+Did you mean ${3//$'\n'/, or }?}
  backend_has_name "$1" || die 6 "No tuned model has the display name '$1'." "${suggestion:-What there is: gemtune list}"
  REPLY=$2 status=404
  refuse
}
