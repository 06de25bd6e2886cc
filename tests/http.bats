load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

fault() { # JSON_MEMBERS  in the answer to list
  plan_fault "{\"method\": \"GET\", \"path\": \"/v1beta/tunedModels\", $1}"
}

lists_sent() {
  journal '[.[] | select(.path == "/v1beta/tunedModels")] | length'
}

@test "what may pass is tried again, and each attempt is noted" {
  for status in 408 429 500 502 503 504; do fault "\"status\": $status, \"count\": 1"; done
  exits 0 gemtune list
  for status in 408 429 500 502 503 504; do says "$status "; done
  says '(attempt 7)'
  equals 7 "$(lists_sent)"
  equals 6 "$(wc -l <slept | tr -d ' ')"
}

@test "a broken connection is tried again" {
  fault '"wire": "reset", "when": "after"'
  exits 0 gemtune list
  says 'The connection broke: '
}

@test "the service's own delay is kept to: Retry-After, and RetryInfo in the body" {
  fault '"status": 503, "headers": {"Retry-After": "7"}'
  fault '"status": 429, "body": {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Wait.",
    "details": [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "2.5s"}]}}'
  exits 0 gemtune list
  equals $'7.000\n2.500' "$(cat slept)"
}

@test "a delay that is none, or no number that can be waited for, leaves patience and Google's words as they are" {
  retry_info() { # DELAY [COUNT]
    fault "\"status\": 429, \"count\": ${2:-1}, \"body\": {\"error\": {\"code\": 429, \"message\": \"Wait.\", \"details\":
      [{\"of\": \"no type\"}, {\"@type\": \"type.googleapis.com/google.rpc.RetryInfo\", \"retryDelay\": \"$1\"}]}}"
  }
  fault '"status": 503, "headers": {"Retry-After": "0"}, "count": 99'
  exits 75 gemtune list
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  retry_info 0.001s 99
  exits 75 gemtune list
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  rm slept
  fault '"status": 503, "headers": {"Retry-After": "09"}'
  exits 0 gemtune list
  equals 9.000 "$(cat slept)"
  for delay in -5s soon ''; do
    retry_info "$delay"
    exits 0 gemtune list
    says '429 Wait. Trying again in '
    [[ $stderr != *' in -'* ]]
  done
  retry_info 1e30s
  exits 75 gemtune list
  equals 'ERROR: (gemtune.list) Wait. (429)' "$(head -n 1 <<<"$stderr")"
}

@test "a quota per day, and a delay beyond all patience, end at once with 75" {
  fault '"status": 429, "body": {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Enough for today.",
    "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{"quotaId": "RequestsPerDayPerProject"}]}]}}'
  exits 75 gemtune list
  says 'Enough for today. (429 RESOURCE_EXHAUSTED)'
  says 'try again tomorrow'
  fault '"status": 503, "headers": {"Retry-After": "3600"}'
  exits 75 gemtune list
  [[ ! -e slept ]]
}

@test "HTML in place of JSON is an error with a sentence" {
  fault '"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html><b>Hello</b></html>"'
  exits 1 gemtune list
  says 'answered something that is not JSON: <html><b>Hello</b></html> (200)'
  fault '"status": 404, "body": "<!DOCTYPE html><title>Error 404</title>"'
  exits 6 gemtune list
  says '<!DOCTYPE html>'
  fault '"status": 200, "body": "{\"tunedModels\": [{\"name\":"'
  exits 1 gemtune list
  says 'cannot be read as JSON'
}

@test "each refusal has its exit code and its next step" {
  refused() { # STATUS REASON EXIT_CODE NEXT_STEP
    fault "\"status\": $1, \"body\": {\"error\": {\"code\": $1, \"message\": \"No.\", \"status\": \"S\", \"details\":
      [{\"@type\": \"type.googleapis.com/google.rpc.ErrorInfo\", \"reason\": \"$2\"}]}}"
    exits "$3" gemtune list
    says "ERROR: (gemtune.list) No. ($1 S)"
    says "$4"
  }
  refused 400 API_KEY_INVALID 1 ''
  refused 403 ACCESS_TOKEN_SCOPE_INSUFFICIENT 5 'gemtune auth login'
  refused 403 SERVICE_DISABLED 5 'console.cloud.google.com/apis/library/'
  refused 403 USER_PROJECT_DENIED 5 '--project=PROJECT_ID'
  refused 403 '' 5 'share it with you'
  refused 404 '' 6 'gemtune list'
}

@test "a token the service refuses is renewed once; if that does not help, log in" {
  fault '"status": 401'
  exits 0 gemtune list
  equals 2 "$(journal '[.[] | select(.path == "/v1beta/tunedModels") | .headers.authorization] | unique | length')"
  fault '"status": 401, "count": 2'
  exits 4 gemtune list
  says 'gemtune auth login --client-id-file=client_secret.json'
}

@test "a redirect is not followed: the token goes nowhere else" {
  fault "\"status\": 302, \"headers\": {\"Location\": \"$url/v1beta/models\"}"
  exits 1 gemtune list
  equals 0 "$(journal '[.[] | select(.path == "/v1beta/models")] | length')"
}

@test "nobody answers: exit 75 and no bare curl message" {
  GEMTUNE_EMULATOR_HOST=127.0.0.1:1 exits 75 gemtune list
  says 'No emulator answers at http://127.0.0.1:1.'
  says 'gemtune emulator start'
  [[ $stderr != *curl:* ]]
}

@test "--log-http shows both ways without a secret" {
  exits 0 gemtune list --log-http
  says '> GET /v1beta/tunedModels?pageSize=1000'
  says '> Authorization: Bearer [redacted]'
  says 'HTTP/1.1 200'
  [[ $stderr != *ya29.* ]]
}

@test "neither the process list nor a trace shows the token" {
  mkdir path && printf '%s\n' '#!/usr/bin/env bash' 'printf "%s\n" "$@" "$(env)" >>"$HOME/seen"' 'exec /usr/bin/env -S curl "$@"' >path/curl
  sed -i "s#/usr/bin/env -S curl#$(command -v curl)#" path/curl && chmod +x path/curl
  token=$(gemtune auth print-access-token)
  PATH=$PWD/path:$PATH exits 0 bash -x "$root/bin/gemtune" list
  grep -q -- --request seen
  fails grep -qF -e "$token" seen
  [[ $stderr != *"$token"* ]]
}

@test "a proxy is not asked about the emulator" {
  export http_proxy=http://127.0.0.1:1 HTTPS_PROXY=http://127.0.0.1:1
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/tokens"
  exits 0 gemtune list
}

@test "--retry-max-time bounds the waiting: flag, environment and property, 0 for no other attempt" {
  waits() { # CODE SLEPT COMMAND...
    rm -f slept
    curl -sS -X POST "$url/_emulator/reset" >/dev/null
    fault '"status": 503, "count": 3, "headers": {"Retry-After": "50"}'
    exits "$1" "${@:3}"
    equals "$2" "$(cat slept 2>/dev/null | xargs)"
  }
  waits 75 '50.000 50.000' gemtune list
  waits 0 '50.000 50.000 50.000' gemtune list --retry-max-time=150
  waits 75 '' gemtune list --retry-max-time=0
  equals 1 "$(lists_sent)"
  waits 75 50.000 env GEMTUNE_RETRY_MAX_TIME=99.9 gemtune list
  gemtune config set retry_max_time 30 2>/dev/null
  waits 75 '' gemtune list
  waits 75 50.000 gemtune list --retry-max-time=5e1
  GEMTUNE_RETRY_MAX_TIME=soon exits 2 gemtune list
  says "'soon' (GEMTUNE_RETRY_MAX_TIME) is not a number of seconds."
  exits 2 gemtune list --retry-max-time=-1
}

@test "a stderr that takes nothing changes nothing of what is done" {
  create_numbers one >/dev/null 2>&1
  gemtune poll --interval=60 2>/dev/full >out
  equals $'tunedModels/one\tACTIVE' "$(<out)"
  before=$(journal length)
  gemtune infer one 1 --log-http --verbosity=debug 2>/dev/full >out
  [[ -s out ]]
  equals 1 "$(($(journal length) - before))"
  code=0
  gemtune describe nobody 2>/dev/full || code=$?
  equals 6 "$code"
}
