# --log-file: what it holds, whose file it may be, and that nothing depends on it.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  log=$HOME/log.jsonl
}

logged() { # JQ_FILTER  on the array of all lines
  jq -r -s "$1" "$log"
}

fault() { # JSON_MEMBERS  in the answer to list
  plan_fault "{\"method\": \"GET\", \"path\": \"/v1beta/tunedModels\", $1}"
}

@test "start, each request, notes, errors and the end, with one run id, in a file of 0600" {
  umask 000
  fault '"status": 503'
  exits 0 gemtune list --log-file=log.jsonl
  equals 600 "$(stat -c %a "$log" 2>/dev/null || stat -f %Lp "$log")"
  equals 'INFO Started.|WARNING GET: 503|INFO note|INFO GET: 200|INFO Listed 0 items.|INFO Ended with exit code 0.' "$(logged \
    'map("\(.level) \(.message | sub(" http[^ ]*: "; ": ") | sub("^503 .*Trying again in .*"; "note"))") | join("|")')"
  equals '[503,1,true] [200,2,true]' "$(logged '[.[] | select(.status) | [.status, .attempt, (.seconds > 0)] | tojson] | join(" ")')"
  equals "$url/v1beta/tunedModels?pageSize=1000" "$(logged '[.[].url // empty] | first')"
  equals 'gemtune.list 1 0' "$(logged '"\(map(.command) | unique | first) \(map(.run) | unique | length) \(last.exit_code)"')"
  [[ $(logged first.time) =~ ^20[0-9-]{8}T[0-9:]{8}Z$ ]]
  exits 6 gemtune describe nobody --log-file="$log"
  equals 2 "$(logged 'map(.run) | unique | length')"
  logged '.[] | select(.level == "ERROR").message' | grep -q '^Tuned model tunedModels/nobody does not exist. (404 NOT_FOUND)$'
  equals 6 "$(logged last.exit_code)"
}

@test "the variable does for each command what the flag does, and GEMTUNE_RUN_ID ties them together" {
  export GEMTUNE_LOG_FILE=$log GEMTUNE_RUN_ID=night-20260101
  exits 0 gemtune version
  exits 2 gemtune list --nosuch
  exits 2 gemtune nosuch
  exits 4 env GOOGLE_APPLICATION_CREDENTIALS=/nowhere GEMTUNE_EMULATOR_HOST='' NO_GCE_CHECK=true gemtune auth print-access-token
  numbers
  exits 0 gemtune create --base-model=gemini-1.5-flash-001-tuning --training-data=numbers.csv --id=one
  gemtune poll --interval=60 2>/dev/null
  exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl
  equals night-20260101 "$(logged 'map(.run) | unique | join(" ")')"
  equals '0 2 2 4 0 0 0' "$(logged '[.[].exit_code // empty] | join(" ")')"
  logged '.[] | select(.command == "gemtune.poll").message' | grep -q '^100.00%  step 19/19'
  equals "$(wc -l <numbers.csv | xargs)" "$(logged 'map(select(.command == "gemtune.infer" and .method == "POST")) | length + 1')"
  logged '.[] | select(.level == "ERROR").message' | grep -q -- "Unrecognized argument: '--nosuch'"
  exits 0 env GEMTUNE_RUN_ID='"}' gemtune version
  [[ $(logged last.run) =~ ^[0-9]{8}T[0-9]{6}Z-[0-9]+$ ]]
}

@test "any text makes a line of JSON: quotes, newlines, controls, Chinese, bytes that are no text, and without jq too" {
  # shellcheck disable=SC2034 # what log.bash reads
  lib=$root/lib/gemtune command_words=' x' verbosity=warning
  for file in log jq say exit_codes; do
    # shellcheck source=/dev/null
    source "$lib/$file.bash"
  done
  log_file=$log log_run=r
  for text in 'plain' $'a "b" \\c\\' $'two\nlines\tand\x01\x1b[31m\x7f' '六 é' $'bad \xff\xc3( bytes' '' '%s %d' '] ! # [ ^ ~'; do
    log INFO "$text"
  done
  equals 8 "$(wc -l <"$log" | xargs)"
  equals 'plain|a "b" \c\|两|' "$(logged '.[0].message, .[1].message | . + "|"' | tr -d '\n')两|"
  equals $'two\nlines\tand\x01\x1b[31m\x7f' "$(logged '.[2].message')"
  equals '六 é' "$(logged '.[3].message')"
  equals '] ! # [ ^ ~' "$(logged '.[7].message')"
  log INFO "$(head -c 30000 /dev/zero | tr '\0' x)"
  equals 30000 "$(logged 'last.message | length')"
  run_jq() { return 1; }
  log INFO $'六 "b"\n'
  equals '??? ?b??' "$(logged 'last.message')"
}

@test "no secret is in it, whatever the service says" {
  local secrets='ya29.abc-DEF_1 1//0refresh-Token GOCSPX-clientSecret AIzaSyA-1234567890 4/0Acode_1'
  fault "\"status\": 400, \"body\": {\"error\": {\"code\": 400, \"message\": \"Bearer xyzzy?key=xyzzy&upload_id=xyzzy \\\"refresh_token\\\": \\\"xyzzy\\\" $secrets\"}}"
  exits 1 gemtune list --log-file="$log" --filter='key=1' --verbosity=debug
  # shellcheck disable=SC2086 # a word each
  printf '%s\n' xyzzy $secrets >patterns
  fails grep -F -f patterns "$log"
  logged '.[] | select(.level == "ERROR").message' | grep -q 'Bearer \[redacted\]&upload_id=\[redacted\]'
  token=$(gemtune auth print-access-token --log-file="$log")
  fails grep -qF -e "$token" "$log"
}

@test "a file that cannot be written is said once, and the command does what it would have done" {
  mkfifo fifo
  echo mine >target
  ln -s target link
  mkdir folder
  for file in /dev/full fifo link folder /nowhere/log /dev/stdout; do
    exits 0 gemtune list --format=json --log-file="$file"
    equals '[]' "$output"
    equals 1 "$(grep -c 'WARNING: The log .* cannot be written' <<<"$stderr")"
    exits 6 gemtune describe nobody --log-file="$file"
  done
  equals mine "$(<target)"
}

@test "it goes on in a new file when it is full, and one old one is kept; twenty commands at once lose no line" {
  head -c 10000000 /dev/zero | tr '\0' '\n' >"$log"
  for i in {1..20}; do gemtune version --log-file="$log" >/dev/null & done
  wait
  equals 10000000 "$(grep -c '^$' "$log.1" | xargs)"
  equals 40 "$(cat "$log" "$log.1" | grep -c -e Started -e Ended)"
  equals "log.jsonl log.jsonl.1" "$(cd "$HOME" && echo log.jsonl*)"
  grep -v '^$' "$log" | jq -e -s 'length > 0' >/dev/null
}

@test "each line is there when it has happened: kill -9 loses none before it" {
  printf '%s\n' '#!/usr/bin/env bash' 'kill -9 "$PPID"' >"$HOME/sleep" && chmod +x "$HOME/sleep"
  fault '"status": 503'
  PATH=$HOME:$PATH exits 137 gemtune list --log-file="$log"
  equals 'Started. 503' "$(logged '"\(first.message) \([.[].status // empty] | first)"')"
}

@test "a signal is in it as the end" {
  printf '%s\n' '#!/usr/bin/env bash' 'kill -TERM "$PPID"' >"$HOME/sleep" && chmod +x "$HOME/sleep"
  fault '"status": 503'
  PATH=$HOME:$PATH run gemtune list --log-file="$log"
  equals "$status" "$(logged last.exit_code)"
}

@test "without the flag no file is made and no program is run for it" {
  printf '%s\n' '#!/usr/bin/env bash' 'touch "$HOME/date-was-run"' >"$HOME/date" && chmod +x "$HOME/date"
  PATH=$HOME:$PATH exits 0 gemtune list
  [[ ! -e date-was-run && -z $(find "$HOME" -name '*.jsonl') ]]
}
