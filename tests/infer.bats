load helper
setup_file() {
  start_emulator
  create_numbers one --wait --interval=60 >/dev/null 2>&1
  keep_models
}
teardown_file() { stop_emulator; }
setup() {
  use_models
  numbers
}

fault() { # JSON_MEMBERS  in the answer to infer
  plan_fault "{\"method\": \"POST\", \"path\": \"/v1beta/tunedModels/one:*\", $1}"
}

events() { # TEXT_OR_JSON_MEMBERS...  a stream with an event for each, as a member of a fault
  local data='' event
  for event; do
    data+="data: $event"$'\r\n\r\n'
  done
  printf '"status": 200, "headers": {"Content-Type": "text/event-stream"}, "body": %s' "$(printf %s "$data" | jq -Rs .)"
}

said() { # TEXT [FINISH_REASON]
  jq -nc --arg text "$1" --arg reason "${2:-}" \
    '{candidates: [{content: {parts: [{text: $text}]}} + (if $reason == "" then {} else {finishReason: $reason} end)]}'
}

sent() {
  journal '[.[] | select(.path | contains("enerateContent"))] | length'
}

@test "it answers what it was taught, from an argument or from stdin" {
  exits 0 gemtune infer one 'twenty two'
  equals 'twenty three' "$output"
  exits 0 gemtune infer tunedModels/one -98
  equals -97 "$output"
  exits 0 gemtune infer one <<<'ninety nine'
  equals 'one hundred' "$output"
}

@test "a prompt of stdin may hold a NUL, and on a terminal it is asked for" {
  exits 0 gemtune infer one < <(printf 'twenty\0 two\n')
  equals 'twenty three' "$output"
  equals '' "$stderr"
  command -v script >/dev/null || skip 'script is not installed'
  exits 0 script -qec 'gemtune infer one' /dev/null <<<one
  prints 'Type the prompt, and end it with Ctrl-D:'
  prints two
}

@test "--format=json is the whole reply, and a key gets at one part" {
  exits 0 gemtune infer one 1 --format=json
  equals STOP "$(jq -r '.candidates[0].finishReason' <<<"$output")"
  exits 0 gemtune infer one 1 --format='value(candidates.0.finishReason)'
  equals STOP "$output"
}

@test "the flags are what the service receives, and nothing else is" {
  gemtune infer one 1 --temperature=0 --top-p=.9 --top-k=5 --max-output-tokens=7 --stop='a b,c'
  equals '{"temperature":0,"topP":0.9,"topK":5,"maxOutputTokens":7,"stopSequences":["a b","c"]}' \
    "$(journal '.[-1].json.generationConfig | tojson')"
  gemtune infer one 1
  equals '["contents"]' "$(journal '.[-1].json | keys | tojson')"
  exits 2 gemtune infer one 1 --system='Be brief.'
  says 'Developer instruction is not enabled'
  says 'Leave --system out'
  exits 2 gemtune infer one 1 --temperature=hot
  exits 2 gemtune infer one 1 --stream --format=json
  exits 2 gemtune infer one 1 --jobs=3
}

@test "a reply without text is explained, not printed as nothing" {
  fault '"status": 200, "body": {"candidates": [{"finishReason": "SAFETY", "safetyRatings":
    [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "HIGH"}, {"category": "HARM_CATEGORY_HATE_SPEECH", "probability": "LOW"}]}]}'
  exits 1 gemtune infer one 1
  says 'The model gave no text: SAFETY (HARASSMENT HIGH).'
  fault '"status": 200, "body": {"promptFeedback": {"blockReason": "SAFETY", "safetyRatings":
    [{"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "MEDIUM", "blocked": true}]}}'
  exits 1 gemtune infer one 1
  says 'The prompt was blocked: SAFETY (DANGEROUS_CONTENT MEDIUM).'
  fault "\"status\": 200, \"body\": $(said half RECITATION)"
  exits 1 gemtune infer one 1
  equals half "$output"
  says 'The model stopped in the middle: RECITATION'
  fault '"status": 200, "body": {}'
  exits 1 gemtune infer one 1
  says 'no candidate'
}

@test "an answer that was cut at the limit is printed, and a note says so" {
  fault "\"status\": 200, \"body\": $(said 'as far as' MAX_TOKENS)"
  exits 0 gemtune infer one 1
  equals 'as far as' "$output"
  says '--max-output-tokens=N'
}

@test "an empty prompt is a usage error; a model that still trains says so" {
  exits 2 gemtune infer one </dev/null
  create_numbers two >/dev/null 2>&1
  exits 1 gemtune infer two 1
  says 'tunedModels/two'
}

@test "--stream prints the same answer, piece by piece" {
  exits 0 gemtune infer one 'two hundred' --stream
  equals 'two hundred one' "$output"
  equals '[["alt","sse"]]' "$(journal '.[-1].query | tojson')"
  fault "$(events "$(said one)" "$(said ' two' STOP)"), \"wire\": \"drip\""
  exits 0 gemtune infer one 1 --stream
  equals 'one two' "$output"
}

@test "what comes by a stream cannot alter the terminal, wherever its pieces part" {
  fault "$(events "$(said $'a\e')" "$(said $'[31m\xc2\x9b' STOP)")"
  exits 0 gemtune infer one 1 --stream
  equals $'a\xef\xbf\xbd[31m\xef\xbf\xbd' "$output"
}

@test "a stream that breaks off, or ends in an error, says that its text is incomplete" {
  fault "$(events "$(said 'one of')"), \"wire\": \"wrong-length\""
  exits 75 gemtune infer one 1 --stream
  equals 'one of' "$output"
  says 'The text above is incomplete.'
  fault "$(events "$(said 'one of')" '{"error": {"code": 503, "status": "UNAVAILABLE", "message": "Overloaded."}}')"
  exits 75 gemtune infer one 1 --stream
  equals 'one of' "$output"
  says 'The text above is incomplete.'
  says 'Overloaded. (503 UNAVAILABLE)'
  fault "$(events "$(said 'one of')")"
  exits 75 gemtune infer one 1 --stream
  says 'The text above is incomplete.'
  equals 3 "$(sent)"
  fault "$(events "$(said 'one of')" "$(said '' SAFETY)")"
  exits 1 gemtune infer one 1 --stream
  equals 'one of' "$output"
  says 'The model stopped in the middle: SAFETY.'
}

@test "a stream is tried again only before its first text" {
  fault '"status": 503'
  fault "$(events), \"wire\": \"wrong-length\""
  exits 0 gemtune infer one 1 --stream
  equals 2 "$output"
  equals 3 "$(sent)"
  fault '"status": 200, "body": "<html>Hello</html>"'
  exits 1 gemtune infer one 1 --stream
  says 'not JSON'
}

@test "a stream that stalls ends: two minutes without a byte are too long" {
  mkdir path && printf '%s\n' '#!/usr/bin/env bash' "exec $(command -v curl) \"\${@/#120/1}\"" >path/curl && chmod +x path/curl
  fault '"wire": "stall"'
  PATH=$PWD/path:$PATH exits 75 gemtune infer one 1 --stream # one second here
  says "$url did not answer: Operation too slow."
  equals '' "$output"
  # what curl prints when it has given up after the first text
  printf '%s\n' '#!/usr/bin/env bash' "printf '%b' \"HTTP/1.1 200 OK\\r\\nContent-Type: text/event-stream\\r\\n\\r\\n\"" \
    "printf 'data: %s\\r\\n\\r\\n' '$(said 'one of')'" "printf '\\n200 28 Operation too slow.'" >path/curl
  PATH=$PWD/path:$PATH exits 75 gemtune infer one 1 --stream
  equals 'one of' "$output"
  says 'The text above is incomplete.'
  says 'Operation too slow.'
}

@test "--input answers a file of prompts in its order; what was expected stays beside it" {
  exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl --jobs=5
  says '15 of 15'
  equals 15 "$(jq -s 'map(select(.output == .expected)) | length' answers.jsonl)"
  equals "$(cut -d, -f1 numbers.csv | sed -n 2p)" "$(head -n 1 answers.jsonl | jq -r .text_input)"
  printf 'one\n\ntwo hundred\n' >prompts.txt
  exits 0 gemtune infer one --input=prompts.txt
  equals $'two\ntwo hundred one' "$(jq -r .output <<<"$output")"
  exits 0 gemtune infer one --input=- <prompts.txt
  equals two "$(head -n 1 <<<"$output" | jq -r .output)"
  printf '{"prompt": "one"}\n' >prompts.jsonl
  exits 0 gemtune infer one --input=prompts.jsonl
  equals '{"text_input":"one","output":"two"}' "$output"
}

@test "what is in the output is not asked again, and a line cut in half is" {
  gemtune infer one --input=numbers.csv --output=answers.jsonl 2>/dev/null
  head -c 400 answers.jsonl >cut.jsonl
  whole=$(($(wc -l <cut.jsonl)))
  before=$(sent)
  exits 0 gemtune infer one --input=numbers.csv --output=cut.jsonl
  cmp answers.jsonl cut.jsonl
  equals "$((15 - whole))" "$(($(sent) - before))"
  exits 0 gemtune infer one --input=numbers.csv --output=cut.jsonl
  equals "$((15 - whole))" "$(($(sent) - before))"
  echo other >other.txt
  exits 2 gemtune infer one --input=other.txt --output=cut.jsonl
  says 'cut.jsonl:1: this is not the answer to prompt 1 of the input.'
  cmp answers.jsonl cut.jsonl
}

@test "--input-key and --output-key name the columns, also of stdin" {
  printf 'id,source,answer,label\n1,one,two,drei\n' >prompts.csv
  exits 9 gemtune infer one --input=prompts.csv
  says 'which column is the output, answer or label?'
  exits 0 gemtune infer one --input=prompts.csv --output-key=label
  equals '{"text_input":"one","output":"two","expected":"drei"}' "$(jq -c '{text_input, output, expected}' <<<"$output")"
  sed -i.bak 's/source/asked/' prompts.csv
  exits 0 gemtune infer one --input=- --input-key=asked --output-key=answer <prompts.csv
  equals 'one two two' "$(jq -r '"\(.text_input) \(.output) \(.expected)"' <<<"$output")"
  exits 2 gemtune infer one 1 --input-key=asked
}

@test "two runs do not write one output: the second is told to wait" {
  mkdir path && printf '%s\n' '#!/usr/bin/env bash' 'PATH=${PATH#*:}' \
    'gemtune infer one --input=numbers.csv --output=answers.jsonl </dev/null 2>>second' 'echo $? >>second' 'exec curl "$@"' >path/curl
  chmod +x path/curl
  PATH=$PWD/path:$PATH exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl # curl begins another one
  equals 75 "$(tail -n 1 second)"
  grep -q 'Another gemtune is writing answers.jsonl.' second
  equals 15 "$(jq -s length answers.jsonl)"
  exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl
}

@test "--input on a terminal: lines of json that cannot alter it" {
  command -v script >/dev/null || skip 'script is not installed'
  fault "\"status\": 200, \"body\": $(said $'數\xe2\x80\xae\xc2\x9b31m字' STOP)"
  echo one >prompts.txt
  exits 0 script -qec 'gemtune infer one --input=prompts.txt' /dev/null
  prints '{"text_input":"one","output":"數\u202e\u009b31m字"}'
}

@test "a refused or blocked prompt has its error in its line, and the others go on" {
  fault '"status": 400, "body": {"error": {"code": 400, "message": "Too long.", "status": "INVALID_ARGUMENT"}}'
  fault '"status": 200, "body": {"candidates": [{"finishReason": "SAFETY"}]}'
  fault '"status": 200, "body": "<html>"'
  printf '1\n3\n8\none\n' >prompts.txt
  exits 1 gemtune infer one --input=prompts.txt --jobs=1
  says '4 of 4 are answered, 3 of these with an error.'
  equals '{"text_input":"1","error":{"code":400,"status":"INVALID_ARGUMENT","message":"Too long."}}' "$(sed -n 1p <<<"$output")"
  equals SAFETY "$(sed -n 2p <<<"$output" | jq -r .error.finishReason)"
  equals two "$(sed -n 4p <<<"$output" | jq -r .output)"
}

@test "what may pass is tried again, also for one prompt among many; a token is renewed once" {
  for status in 408 429 500 503; do fault "\"status\": $status"; done
  fault '"status": 401'
  fault '"wire": "reset"'
  fault '"status": 429, "headers": {"Retry-After": "7"}'
  exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl --jobs=3
  equals 15 "$(jq -s 'map(select(.output == .expected)) | length' answers.jsonl)"
  equals 22 "$(sent)"
}

@test "given up for now: 75, what is there stays, and the same command goes on" {
  fault '"status": 200, "body": {"candidates": [{"content": {"parts": [{"text": "first"}]}, "finishReason": "STOP"}]}'
  fault '"error": "quota-per-day", "count": 14'
  exits 75 gemtune infer one --input=numbers.csv --output=answers.jsonl --jobs=1
  says '1 of 15 are answered. Run the same command again to go on.'
  equals first "$(jq -r .output answers.jsonl)"
  exits 0 gemtune infer one --input=numbers.csv --output=answers.jsonl
  equals 15 "$(($(wc -l <answers.jsonl)))"
}

@test "a prompt that meets an internal error each time does not hold up the rest for ever" {
  fault '"status": 200, "body": {"candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}]}'
  fault '"status": 500, "count": 6'
  printf '1\n3\n' >prompts.txt
  exits 1 gemtune infer one --input=prompts.txt --jobs=1
  equals 500 "$(tail -n 1 <<<"$output" | jq .error.code)"
}

@test "what refuses every prompt ends the command, and leaves no line" {
  exits 2 gemtune infer one --input=numbers.csv --system='Be brief.' --output=answers.jsonl
  says 'Developer instruction is not enabled'
  [[ ! -s answers.jsonl ]]
  exits 6 gemtune infer none --input=numbers.csv --output=answers.jsonl
  [[ ! -s answers.jsonl ]]
}

@test "a full disk and a bad file are said in a sentence" {
  [[ -c /dev/full ]] || skip 'there is no /dev/full'
  for flag in --quiet --stream --format=json --dry-run; do
    exits 1 bash -c "gemtune infer one 1 $flag >/dev/full"
    equals $'ERROR: (gemtune.infer) The answer cannot be written: is the disk full?\n  Make room, or send it elsewhere, and run the same command again.' \
      "$stderr"
  done
  exits 1 gemtune infer one --input=numbers.csv --output=/dev/full
  says 'is the disk full?'
  exits 9 gemtune infer one --input=nowhere.txt
  : >empty.txt
  exits 9 gemtune infer one --input=empty.txt
  says 'empty.txt has no prompts.'
}

@test "--input shows no token to the process list, and leaves no file behind" {
  mkdir path own && printf '%s\n' '#!/usr/bin/env bash' 'printf "%s\n" "$@" "$(env)" >>"$HOME/seen"' "exec $(command -v curl) \"\$@\"" >path/curl
  chmod +x path/curl
  token=$(gemtune auth print-access-token)
  PATH=$PWD/path:$PATH TMPDIR=$PWD/own exits 0 bash -x "$root/bin/gemtune" infer one --input=numbers.csv --log-http
  equals 15 "$(grep -c '^> POST' <<<"$stderr")"
  grep -q -- --parallel seen
  fails grep -qF -e "$token" seen
  [[ $stderr != *"$token"* ]]
  equals '' "$(ls own)"
}

@test "--dry-run prints a curl line for each prompt, and sends nothing" {
  printf '1\n%s\n' "it's" >prompts.txt
  exits 0 gemtune infer one --input=prompts.txt --dry-run
  equals 2 "$(grep -c '^curl' <<<"$output")"
  equals 0 "$(sent)"
  eval "$output" >replies 2>/dev/null
  equals 2 "$(jq -s length replies)"
  exits 0 gemtune infer one 1 --stream --dry-run
  prints ':streamGenerateContent?alt=sse'
}

@test "a file of prompts that cannot be read leaves no empty output" {
  exits 9 gemtune infer one --input=nowhere.csv --output=new.jsonl
  [[ ! -e new.jsonl ]]
}
