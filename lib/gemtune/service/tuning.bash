# shellcheck shell=bash
# Start a tuning once and only once, and find it again.

make_id() { # DISPLAY_NAME  sets REPLY to an id as Google makes it: its words and twelve random characters
  local i alphabet=abcdefghijklmnopqrstuvwxyz0123456789
  REPLY=$(LC_ALL=C tr '[:upper:]' '[:lower:]' <<<"$1" | LC_ALL=C tr -cs 'a-z0-9\n' -)
  while [[ $REPLY == [-0-9]* ]]; do REPLY=${REPLY#?}; done
  REPLY=${REPLY:0:27} REPLY=${REPLY%-}
  REPLY=${REPLY:-model}-
  for ((i = 0; i < 12; i++)); do REPLY+=${alphabet:RANDOM%36:1}; done
}

create_tuned_model() { # ID BODY  sets REPLY to the operation
  local path name operation
  backend_name "$1"
  name=$REPLY
  backend_tuned_models
  path="$REPLY?tunedModelId=$1"
  if [[ $dry_run == false ]]; then
    required_project
    ledger_add "$name" sent
    # shellcheck disable=SC2064 # the name must be the one of now
    trap "note_refusal '$name'" EXIT
    exit_on_signals
  fi
  request POST "$path" "$2" 409
  [[ $status != 409 ]] || take_up_duplicate "$name"
  trap - EXIT HUP INT TERM
  operation=$REPLY
  ledger_add "$(transform -- operation_name <<<"$operation")" accepted
  REPLY=$operation
}

note_refusal() { # NAME  after 75 or a signal nobody knows whether the create arrived
  case $? in
    75 | 129 | 130 | 143) note "Whether it was created is not known. If it was, this follows it: gemtune poll $1" ;;
    *) ledger_add "$1" refused ;;
  esac
}

take_up_duplicate() { # NAME  a second attempt that meets a 409: the first one arrived and only its answer was lost
  ((attempt > 1)) || refuse
  find_operation "$1"
  request GET "$REPLY"
}

find_operation() { # NAME  of an operation, or any name of a model; sets REPLY to the path that `follow` takes
  local operation
  case $1 in
    */operations/*) backend_operation "$1" ;;
    *)
      on_model GET "$1" '/operations?pageSize=1'
      operation=$(transform -- newest_operation <<<"$REPLY")
      if [[ -n $operation ]]; then backend_operation "$operation"; else backend_model "$model"; fi
      ;;
  esac
}

expect_tunable() { # BASE_MODEL  before anything is sent
  local tunable
  backend_models
  tunable=$(print_pages "$REPLY?pageSize=1000" |
    { transform -- 'tunable_models[].name' || (($? == nothing_came)); }) || exit
  [[ -n $tunable ]] ||
    die 6 "No model can be tuned with this login: Google withdrew tuning from the Gemini API in May 2025." \
      "Google tunes on Gemini Enterprise Agent Platform (Vertex AI) now, which is another API:
https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/tuning/supervised-tuning/use
To try these commands without Google: gemtune quickstart"
  [[ $1 != models/* || $'\n'$tunable$'\n' == *$'\n'$1$'\n'* ]] ||
    die 6 "$1 cannot be tuned." "These can:"$'\n'"$tunable"
}

read_models() { # MODEL...  prints the resource of each; - is stdin's
  local name
  for name; do
    if [[ $name == - ]]; then cat; else (on_model GET "$name" && printf '%s\n' "$REPLY") || return; fi
  done
}
