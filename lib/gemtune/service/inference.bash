# shellcheck shell=bash
# Ask a model, and print its answer or why there is none.

ask() { # VAR NAME BODY [OPTION_OF_REQUEST]  as a deed of on_model: fails where the service does not know NAME
  if [[ ${4:-} == --stream ]]; then backend_ask REPLY "$2" stream; else backend_ask REPLY "$2" whole; fi
  request "$1" POST "$REPLY" --body="$3" --handle=404 "${@:4}"
  [[ $status != 404 ]]
}

print_answer() { # REPLY_OF_THE_SERVICE  as far as it has not been streamed
  local separator=$'\x1f' report cut problem
  report=$(transform -- '.[0] | reply | [.cut, .problem, .text]
    | map(. // "" | tostring | visible) | join("\u001f")' <<<"$1")
  cut=${report%%"$separator"*} report=${report#*"$separator"}
  problem=${report%%"$separator"*} report=${report#*"$separator"}
  [[ -z $report || $streamed == true ]] || print_out "$report"
  [[ -z $problem ]] || die unexpected "$problem" "See the whole reply with --format=json, or ask in other words."
  [[ $cut != true ]] || note "The answer was cut at the limit (MAX_TOKENS). For more: --max-output-tokens=N"
}

infer_file() { # MODEL FILE OUTPUT JOBS [FLAG...]  ends the command
  if [[ $3 == - || $dry_run == true ]]; then
    exec 6>&1
    read_prompts "$2" "${@:5}"
  else
    [[ -e $3 ]] || created=$3
    { exec 6>>"$3"; } 2>/dev/null || die unexpected "$3 cannot be written." "Name another file: --output=FILE"
    read_prompts "$2" "${@:5}" --answered "$3" --lock 6
    go_on="Run the same command again to go on."
  fi
  find_model "$1"
  answer_all "$model" "$4"
  [[ $dry_run == false ]] || exit 0
  note "$answered of $total are answered, $refused of these with an error."
  ((refused == 0)) || exit 1
}
