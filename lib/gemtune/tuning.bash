# shellcheck shell=bash
# Start a tuning once and only once, and follow it to its end.

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
  fi
  request POST "$path" "$2" 409
  [[ $status != 409 ]] || take_up_duplicate "$name"
  trap - EXIT
  operation=$REPLY
  ledger_add "$(transform -- operation_name <<<"$operation")" accepted
  REPLY=$operation
}

note_refusal() { # NAME  after 75 or an interrupt nobody knows whether the create arrived
  case $? in 75 | 130 | 143) ;; *) ledger_add "$1" refused ;; esac
}

take_up_duplicate() { # NAME  a second attempt that meets a 409: the first one arrived and only its answer was lost
  ((attempt > 1)) || refuse
  find_operation "$1"
  request GET "$REPLY"
}

find_operation() { # NAME  of an operation, or of a model; sets REPLY to the path that `follow_operation` takes
  local operation
  case $1 in
    */operations/*) backend_operation "$1" ;;
    *)
      backend_operations "$1"
      request GET "$REPLY?pageSize=1"
      operation=$(transform -- newest_operation <<<"$REPLY")
      [[ -n $operation ]] || die 6 "No operation tunes $1." "See its state with: gemtune describe $1"
      backend_operation "$operation"
      ;;
  esac
}

follow_operation() { # PATH INTERVAL [TIMEOUT]  both in seconds; sets REPLY to the finished operation
  local interval=$2 timeout=${3:-} again="gemtune poll ${1#/v*/}" waited=0 pause last=0
  printf -v pause %.0f "${interval}e3"
  # shellcheck disable=SC2064 # the name must be the one of now
  trap "note ''; note 'The tuning goes on. Take it up again with: $again'; exit 130" INT
  until request GET "$1" && finished; do
    [[ -z $timeout ]] || ((waited + pause <= timeout * 1000)) ||
      die 8 "Still tuning after $timeout s." "Take it up again with: $again"
    sleep "$interval"
    ((waited += pause))
  done
  trap - INT
}

finished() { # a line for each step that is new; ends the command when the tuning failed
  local state percent step steps epoch loss problem
  IFS=$'\t' read -r state percent step steps epoch loss problem < <(transform -- progress <<<"$REPLY")
  [[ $last == "$step" ]] ||
    printf '%6.2f%%  step %d/%d  epoch %d  mean loss %s\n' "$percent" "$step" "$steps" "$epoch" "$loss" >&2
  last=$step
  [[ $state != FAILED ]] ||
    die 7 "The tuning failed: $problem" "Start it again with other data or settings: gemtune create --help"
  [[ $state == DONE ]]
}
