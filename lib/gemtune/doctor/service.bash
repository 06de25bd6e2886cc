# shellcheck shell=bash
# Whether the API is on, and tunes.

check_service() {
  local count tunable
  examine api ask_for_models || return 0
  read -r count tunable <<<"$REPLY"
  fine api "The API answers, and has $count models."
  if [[ -n $tunable ]]; then
    fine tunable-models "${tunable//,/, }"
    return
  fi
  find_refusal tuning-withdrawn
  doubtful tunable-models "No model available to this login supports tuning. Google withdrew tuning from the Gemini API in May 2025." \
    "Supervised tuning is offered on Gemini Enterprise Agent Platform (Vertex AI), a different API: $refusal_page
Use the emulator to try these commands: gemtune emulator start"
}

ask_for_models() { # prints how many, and the names of those that can be tuned; nothing is waited for
  retry_budget=0 max_time=20
  backend_models
  REPLY=$(print_pages "$REPLY?pageSize=1000") || exit
  transform -- '"\(models | length) \(tunable_models | map(.name) | join(","))"' <<<"$REPLY"
}
