# shellcheck shell=bash
# Ask a model, and print its answer or why there is none.

generation=() # the flags of infer, as arguments of jq

ask_model() { # MODEL PROMPT [STREAM]  sets REPLY to the reply
  local body method=:generateContent
  body=$(printf %s "$2" | transform --raw-input ${generation[@]+"${generation[@]}"} -- prompt_request)
  [[ -z ${3:-} ]] || method=':streamGenerateContent?alt=sse'
  on_model POST "$1" "$method" "$body"
}

print_answer() { # of the reply in REPLY, as far as it has not been streamed
  local separator=$'\x1f' report reason problem
  report=$(transform -- 'reply_report | map(visible) | join("\u001f")' <<<"$REPLY")
  reason=${report%%"$separator"*} report=${report#*"$separator"}
  problem=${report%%"$separator"*} report=${report#*"$separator"}
  [[ -z $report || $streamed == true ]] || print_out "$report"
  [[ -z $problem ]] || die 1 "$problem" "See the whole reply with --format=json, or ask in other words."
  [[ $reason != MAX_TOKENS ]] || note "The answer was cut at the limit (MAX_TOKENS). For more: --max-output-tokens=N"
}

infer_file() { # MODEL FILE OUTPUT JOBS [FLAG...]  ends the command
  if [[ $3 == - || $dry_run == true ]]; then
    exec 6>&1
    read_prompts "$2" "${@:5}"
  else
    [[ -e $3 ]] || new_output=$3
    { exec 6>>"$3"; } 2>/dev/null || die 1 "$3 cannot be written." "Name another file: --output=FILE"
    read_prompts "$2" "${@:5}" --answered "$3" --lock 6
    go_on="Run the same command again to go on."
  fi
  find_model "$1"
  answer_all "$REPLY" "$4"
  [[ $dry_run == false ]] || exit 0
  note "$answered of $total are answered, $refused of these with an error."
  ((refused == 0)) || exit 1
}
