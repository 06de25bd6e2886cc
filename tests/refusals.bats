# Every way in which Google refuses (the error table of its API, as users have met it): what happened, the next step,
# the exit code. The table that answers is lib/gemtune/refusals.tsv.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

next_time() { # NAME_OF_A_TROUBLE|MEMBERS_OF_A_PLAN  for every attempt there may be
  case $1 in
    *'"'*) plan_fault "{\"path\": \"/v1*\", \"count\": 99, $1}" ;;
    *) plan_fault "{\"path\": \"/v1*\", \"count\": 99, \"error\": \"$1\"}" ;;
  esac
}

refused() { # EXIT_CODE SAID NEXT_STEP COMMAND...
  exits "$1" "${@:4}"
  says "$2"
  says "$3"
  equals 1 "$(grep -c '^ERROR' <<<"$stderr")"
}

envelope() { # STATUS MESSAGE [REASON]
  jq -n --argjson status "$1" --arg message "$2" --arg reason "${3:-}" \
    '{$status, body: {error: {code: $status, $message, status: "S", details: [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", $reason}]}}}' |
    sed '1d; $d'
}

@test "planned troubles" {
  while IFS='|' read -r trouble code said next; do
    curl -sS -X POST "$url/_emulator/reset" >/dev/null
    next_time "$trouble"
    refused "$code" "$said" "$next" gemtune list
  done <<'END'
rate-limit|75|Resource has been exhausted|Try again in a few minutes
rate-limit-metric|75|Quota exceeded for quota metric|/quotas
quota-per-minute|75|You exceeded your current quota|Try again in a few minutes
quota-per-minute-without-delay|75|You exceeded your current quota|Try again in a few minutes
quota-per-day|75|You exceeded your current quota|try again tomorrow
internal|75|An internal error has occurred|Try again later
overloaded|75|The model is overloaded|Try again later
api-off|5|has not been used in project|https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project=
project-denied|5|does not have required permission to use project|roles/serviceusage.serviceUsageConsumer
project-unknown|5|Permission denied on resource project|cloud-resource-manager
key-blocked|5|are blocked|https://console.cloud.google.com/apis/credentials
END
}

@test "answers that no request earns here" {
  while IFS='|' read -r status reason message code next; do
    curl -sS -X POST "$url/_emulator/reset" >/dev/null
    next_time "$(envelope "$status" "$message" "$reason")"
    refused "$code" "$message ($status S)" "$next" gemtune list
  done <<'END'
403||Method doesn't allow unregistered callers (callers without established identity).|4|gemtune auth login
401|ACCESS_TOKEN_EXPIRED|Request had invalid authentication credentials.|4|gemtune auth login
401|CREDENTIALS_MISSING|API keys are not supported by this API.|4|gemtune auth login
400|API_KEY_INVALID|API key not valid. Please pass a valid API key.|1|--log-http
403|ACCESS_TOKEN_SCOPE_INSUFFICIENT|Request had insufficient authentication scopes.|5|gemtune auth login
403|SERVICE_DISABLED|The generativelanguage.googleapis.com API requires a quota project, which is not set by default.|5|export GEMTUNE_PROJECT=PROJECT_ID
403|SERVICE_DISABLED|Disabled.|5|https://console.cloud.google.com/apis/library/
403||Whatever.|5|share it with you
404||models/m is not found for CREATE TUNED MODEL at API version v1beta.|6|gemtune models list --tunable
404||models/m is not found for API version v1beta, or is not supported for generateContent.|6|withdrew in May 2025
404||Whatever.|6|gemtune list, gemtune models list
409||Tuned model tunedModels/x already exists.|1|--id=ID
400||Developer instruction is not enabled for models/m|2|Leave --system out
400||User location is not supported for the API use.|5|available-regions
400||* GenerateContentRequest.model: unexpected model name format|1|--log-http
418||Whatever.|1|--log-http
504||Deadline exceeded.|75|Try again later
END
}

@test "natural requests" {
  refused 6 'Tuned model tunedModels/nobody does not exist. (404 NOT_FOUND)' 'gemtune list' gemtune describe nobody
  create_numbers one >/dev/null 2>&1
  refused 1 'its state is CREATING' 'gemtune poll ' gemtune infer one 1
  gemtune share transfer one friend@example.com --quiet 2>/dev/null
  refused 5 'You do not have permission to access tuned model tunedModels/one' 'gemtune share add tunedModels/one' gemtune delete one --quiet
  refused 6 'Tuned model' 'gemtune list' gemtune update nobody --description=x
}

@test "HTML and nothing at all are refusals as well" {
  next_time '"status": 403, "body": "<html>Forbidden</html>"'
  refused 5 'something that is not Google' 'gemtune auth status' gemtune list
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  next_time '"status": 503, "body": ""'
  refused 75 'answered without a word. (503)' 'Try again later' gemtune list
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  next_time '"wire": "reset"'
  refused 75 '(lost)' 'Try again later' gemtune list
}

@test "each row of the table has an id of its own, a code, a pattern, a cause, a next step, and maybe a page" {
  for table in "$root"/lib/gemtune/refusals.tsv "$root"/lib/gemtune/backends/*/refusals.tsv; do
    equals '' "$(grep -v '^[#@]' "$table" | awk -F'\t' 'NF < 5 || NF > 6 || $1 !~ /^[a-z-]+$/ || $2 !~ /^[0-9]+$/ || $4 !~ /\.$/')"
    equals '' "$(grep -v '^[#@]' "$table" | cut -f1 | sort | uniq -d)"
  done
}
