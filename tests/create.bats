load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  numbers
}

create() { # [FLAG...]
  gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv "$@"
}

creates_sent() {
  journal '[.[] | select(.method == "POST" and .path == "/v1beta/tunedModels")] | length'
}

@test "it prints the operation as Google sends it" {
  exits 0 create --id=one --batch-size=2 --learning-rate=0.001 --epoch-count=5
  equals tunedModels/one "$(jq -r .metadata.tunedModel <<<"$output")"
  equals 38 "$(jq -r .metadata.totalSteps <<<"$output")"
  says 'gemtune poll'
}

@test "the examples, the settings and the display name are what the service receives" {
  create --display-name='number generator' --batch-size=4 --learning-rate=0.002 --epoch-count=3 >/dev/null 2>&1
  body=$(journal '.[-1].json')
  equals '{"batch_size":4,"learning_rate":0.002,"epoch_count":3}' "$(jq -c .tuning_task.hyperparameters <<<"$body")"
  equals '["1,000","1,001"]' "$(jq -c '.tuning_task.training_data.examples.examples[8] | [.text_input, .output]' <<<"$body")"
  equals 'number generator' "$(jq -r .display_name <<<"$body")"
}

@test "without --id the id is made from the display name and is always sent" {
  exits 0 create --display-name='Number Generator 數字'
  [[ $(jq -r .metadata.tunedModel <<<"$output") =~ ^tunedModels/number-generator-[a-z0-9]{12}$ ]]
  exits 0 create
  [[ $(jq -r .metadata.tunedModel <<<"$output") =~ ^tunedModels/numbers-[a-z0-9]{12}$ ]]
}

@test "a lost answer does not make a second model: the one there is taken up" {
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "when": "after", "count": 1, "wire": "reset"}'
  exits 0 create --id=once
  equals tunedModels/once "$(jq -r .metadata.tunedModel <<<"$output")"
  equals 2 "$(creates_sent)"
  exits 0 gemtune list --format='value(name)'
  equals tunedModels/once "$output"
}

@test "the same create again says that it is already so, and sends nothing; with other data the id is refused" {
  create --id=one >/dev/null 2>&1
  exits 3 create --id=one --format='value(name)'
  says 'tunedModels/one is already so'
  [[ $output == tunedModels/one/operations/* ]]
  exits 1 create --id=one --epoch-count=2
  says 'tunedModels/one is there already, made from other data or settings.'
  exits 3 create --id=one --wait --interval=60
  prints tunedModels/one
  equals 1 "$(creates_sent)"
  gemtune delete one --quiet >/dev/null 2>&1
  exits 0 create --id=one --epoch-count=2
}

@test "an id that somebody else has taken is refused, also after an attempt that may have arrived" {
  create --id=one --epoch-count=3 >/dev/null 2>&1
  rm "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv" # of another machine
  curl -sS -X POST "$url/_emulator/clock" -d '{"advanceSeconds": 60}'
  for fault in '"error": "overloaded"' '"wire": "reset"' '"error": "quota"' '"status": 200, "body": "<html>"'; do
    plan_fault "{\"method\": \"tunedModels.create\", $fault}"
    case $fault in *quota* | *wire*) same=3 ;; *) same=2 ;; esac # the same, but older; or of other settings
    exits 1 create --id=one --epoch-count="$same"
    equals refused "$(tail -n 1 "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv" | cut -f 4)"
    equals '' "$output"
  done
}

@test "an answer that cannot be read is looked after: what is there is one's own, what is not stays open" {
  while IFS='|' read -r id fault; do
    plan_fault "{\"method\": \"tunedModels.create\", \"when\": \"after\", $fault}"
    exits 0 create --id="$id" --format='value(name)'
    [[ $output == tunedModels/$id/operations/* ]]
    plan_fault "{\"method\": \"tunedModels.create\", $fault}"
    create --id="$id-not" >out 2>err && { [[ $fault == *wire* ]] || false; }
    [[ $fault == *wire* ]] || grep -q "this follows it: gemtune poll tunedModels/$id-not" err
  done <<'END'
empty|"wire": "empty"
html|"status": 200, "body": "<html>"
nothing|"status": 204
moved|"status": 302
part|"wire": "truncated"
object|"status": 200, "body": {}
list|"status": 200, "body": []
forged|"status": 200, "body": {"name": "tunedModels/x\n2026-01-01T00:00:00Z\tforged\tx\taccepted"}
END
  fails grep -q forged"$(printf '\t')"x "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv"
}

@test "a lost attempt that a refusal follows is not refused: the ledger keeps it, and says so" {
  plan_fault '{"method": "tunedModels.create", "when": "after", "wire": "reset"}'
  plan_fault '{"method": "tunedModels.create", "error": "project-denied"}'
  exits 5 create --id=lost
  says 'gemtune poll tunedModels/lost'
  exits 0 gemtune poll --interval=60
  prints tunedModels/lost
}

@test "twenty creates of one id at once make one model, and one of them says that it has" {
  plan_fault '{"method": "tunedModels.create", "error": "overloaded"}'
  for n in {1..20}; do
    (code=0 && create --id=one >/dev/null 2>&1 || code=$? && echo "$code" >"code.$n") &
  done
  wait
  equals '1 0,19 3' "$(cat code.* | sort | uniq -c | awk '{ print $1 " " $2 }' | paste -s -d , -)"
}

@test "a reader that has gone does not hide what was created" {
  (trap '' PIPE && create --id=one 2>err | true) || true
  grep -q 'gemtune poll tunedModels/one\|Follow it with' err
}

@test "a ledger that cannot be kept ends it before anything is sent, with the reason" {
  ledger=$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv
  ln -s "$HOME/elsewhere" "$ledger"
  exits 1 create --id=one
  says 'symbolic link'
  rm "$ledger" && mkfifo "$ledger"
  exits 1 create --id=one
  says 'no plain file'
  rm "$ledger"
  equals 0 "$(creates_sent)"
  printf 'garbage of an old disk' >"$ledger" && chmod 666 "$ledger"
  exits 0 create --id=one
  equals "$ledger" "$(find "$ledger" -perm 600)"
  exits 0 gemtune poll --interval=60
  prints tunedModels/one
}

@test "the ledger is written before the request, and forgets only what was refused" {
  create --id=first >/dev/null 2>&1
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "status": 400, "body": {"error": {"message": "no"}}}'
  exits 1 create --id=refused
  exits 0 gemtune poll --interval=60
  prints tunedModels/first
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "when": "after", "status": 503,
    "headers": {"Retry-After": "3600"}}'
  exits 75 create --id=unknown
  exits 0 gemtune poll --interval=60
  prints tunedModels/unknown
}

@test "interrupted while the request is on its way: the tuning stays in the ledger" {
  for signal in hup int term; do
    plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "wire": "stall", "when": "after"}'
    set -m # a process group of its own, as in a terminal
    gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv --id="by-$signal" 2>words &
    set +m
    until journal '.[].query[][1]' | grep -q "by-$signal"; do :; done
    kill "-$signal" -- -$!
    wait $! || true
    grep -q "gemtune poll tunedModels/by-$signal" words
    equals sent "$(tail -n 1 "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv" | cut -f 4)"
  done
}

@test "data that cannot be used is refused row by row, with exit 9 and nothing sent" {
  printf 'text_input,output\n1,2\n3,\n,5\n"a\nb",\n' >bad.csv
  exits 9 create --training-data=bad.csv
  says 'bad.csv:3:3: output is empty'
  says 'bad.csv:4:1: text_input is empty'
  says 'bad.csv:6:4: output is empty'
  : >empty.csv
  exits 9 create --training-data=empty.csv
  says 'empty.csv has no examples.'
  exits 9 create --training-data=nowhere.csv
  says 'nowhere.csv cannot be read: No such file or directory.'
  printf 'left,right\n1,2\n' >other.csv
  exits 9 create --training-data=other.csv
  says 'no column of the input; there is: left, right'
  equals 0 "$(creates_sent)"
  [[ ! -e $GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv ]]
}

@test "the examples may come from any dataset, with the columns that are named" {
  printf 'left\tright\n1\t"2\n3"\n' | exits 0 create --training-data=- --id=tabs --input-key=left --output-key=right
  equals '[{"output":"2\n3","text_input":"1"}]' \
    "$(journal '.[-1].json' | jq -cS .tuning_task.training_data.examples.examples)"
}

@test "a thousand bad rows are all named, in their order, and nothing is sent" {
  { echo text_input,output && seq -f '%.0f,' 1000; } >bad.csv
  exits 9 create --training-data=bad.csv
  equals 1002 "$(wc -l <<<"$stderr" | tr -d ' ')"
  equals "$(seq 2 1001)" "$(sed -n 's/^bad.csv:\([0-9]*\):.*: output is empty/\1/p' <<<"$stderr")"
  equals 0 "$(creates_sent)"
}

@test "--dry-run prints a curl line that does the same when it is pasted, and sends nothing" {
  exits 0 create --id=pasted --display-name="it's" --dry-run
  equals 0 "$(creates_sent)"
  [[ $output != *ya29.* ]]
  eval "$output" >operation.json 2>/dev/null
  equals tunedModels/pasted "$(jq -r .metadata.tunedModel operation.json)"
}

@test "missing flags and a bad id are usage errors" {
  exits 2 gemtune create --training-data=numbers.csv
  says '--base-model is missing.'
  exits 2 create --id=Bad_Id
  exits 2 create --display-name="$(printf 'x%.0s' {1..41})"
}

hyperparameters() { # COMMAND...  that it sends
  "$@" >/dev/null 2>&1
  journal '[.[] | select(.method == "POST")][-1].json.tuning_task.hyperparameters | tojson'
}

@test "a description, the sampling and a learning rate multiplier are sent, and two learning rates are one too many" {
  equals '{"learning_rate_multiplier":0.5}' "$(hyperparameters create --learning-rate-multiplier=0.5 --description='for a test' \
    --temperature=0 --top-p=0.5 --top-k=7)"
  equals '["for a test",0,0.5,7]' "$(journal '.[-1].json | [.description, .temperature, .top_p, .top_k] | tojson')"
  exits 2 create --learning-rate-multiplier=0.5 --learning-rate=0.001
  says 'exclude each other'
}

@test "a tuned model can be tuned on" {
  create --id=one --wait --interval=100 >/dev/null 2>&1
  exits 0 create --id=two --base-model=tunedModels/one
  equals tunedModels/one "$(journal '.[-1].json.tuned_model_source.tuned_model')"
  exits 0 gemtune describe two --format='value(tunedModelSource.tunedModel)'
  equals tunedModels/one "$output"
}

flat_body() { # the second tutorial's request, with the commas of the first and quotes of Python
  jq -Rs --arg base models/gemini-1.5-flash-001-tuning '{ displayName: "number generator model", base_model: $base,
    tuning_task: { hyperparameters: { batchSize: 2, learning_rate: 0.001, epoch_count: 5 },
      training_data: { examples: (split("\n")[1:] | map(select(. != "" and (contains("\"") | not)) | split(",") |
        { text_input: .[0], output: .[1] })) } } }' numbers.csv | sed "s/ 5\$/ 5,/; s/\"one\"/'one'/" >body.json
}

@test "--body is a whole request, repaired with a note; flags win over it" {
  flat_body
  exits 0 create --training-data= --base-model= --body=body.json --id=whole
  says "Repaired body.json: 1 text in single quotes; 1 trailing comma; the flat list of examples now stands one level deeper."
  body=$(journal '[.[] | select(.method == "POST")][-1].json')
  equals '["number generator model","models/gemini-1.5-flash-001-tuning",2,13]' "$(jq -c '[.display_name, .base_model,
    .tuning_task.hyperparameters.batch_size, (.tuning_task.training_data.examples.examples | length)]' <<<"$body")"
  exits 0 gemtune create --body=- --display-name=mine --batch-size=4 --learning-rate-multiplier=2 --training-data=numbers.csv <body.json
  body=$(journal '[.[] | select(.method == "POST")][-1].json')
  equals '["mine",{"batch_size":4,"epoch_count":5,"learning_rate_multiplier":2},15]' "$(jq -c '[.display_name,
    .tuning_task.hyperparameters, (.tuning_task.training_data.examples.examples | length)]' <<<"$body")"
  [[ $(jq -r .name <<<"$output") == tunedModels/mine-* ]]
}

@test "a body that cannot be used is refused example by example, and nothing is sent" {
  printf '%s' '{tuning_task: {training_data: {examples: [{textInput: "1"}, {textInput: "", output: 2}, 3]}}}' >bad.json
  exits 9 gemtune create --base-model=gemini-1.5-flash-001-tuning --body=bad.json
  says 'bad.json: example 1: output is missing'
  says 'bad.json: example 2: text_input is empty'
  says 'bad.json: example 2: output is a number, not a text'
  says 'bad.json: example 3: this is not an object'
  says 'bad.json has 4 problems, and nothing was sent.'
  printf '{\n"a" "b"}' >bad.json
  exits 9 gemtune create --body=bad.json
  says 'bad.json:2: this is not JSON: Expected : between key:value pair.'
  printf '{"display_name": "x"}' >bad.json
  exits 9 gemtune create --body=bad.json
  says 'bad.json has no examples.'
  flat_body
  jq 'del(.base_model)' <(sed "s/ 5,/ 5/; s/'one'/\"one\"/" body.json) >bad.json
  exits 2 gemtune create --body=bad.json
  says 'the body names none'
  equals 0 "$(creates_sent)"
}

@test "settings that are no object are named, also beside a flag of them" {
  flat_body
  sed 's/"hyperparameters": {/"hyperparameters": 3, "was": {/' body.json >bad.json
  exits 9 gemtune create --body=bad.json --batch-size=2
  says 'bad.json: hyperparameters is not an object.'
  equals 0 "$(creates_sent)"
}

@test "--output-file keeps the operation, and a place where nothing can be written is named before anything is sent" {
  exits 0 create --id=one --output-file=tunemodel.json
  equals "$output" "$(cat tunemodel.json)"
  equals 'numbers.csv slept tunemodel.json' "$(touch slept && echo *)"
  exits 1 create --id=two --output-file=nowhere/tunemodel.json
  says 'nowhere/tunemodel.json cannot be written, so nothing was sent.'
  equals 1 "$(creates_sent)"
}

@test "--output-file writes through links and into pipes, and leaves them what they are" {
  echo old >kept.json
  ln -s kept.json link.json
  exits 0 create --id=one --output-file=link.json
  [[ -L link.json ]]
  equals "$output" "$(cat kept.json)"
  mkfifo pipe
  cat pipe >copy &
  exits 0 create --id=two --output-file=pipe
  wait $!
  [[ -p pipe ]]
  equals "$output" "$(cat copy)"
  [[ -c /dev/full ]] || skip 'there is no /dev/full'
  ln -s /dev/full full
  exits 1 create --id=three --output-file=full
  says 'full could not be written.'
  [[ -c /dev/full ]]
}

@test "--wait goes on as poll, and prints the tuned model in place of the operation" {
  exits 0 create --id=one --wait --interval=60 --output-file=tunemodel.json
  equals $'tunedModels/one\tACTIVE' "$output"
  equals tunedModels/one "$(jq -r .metadata.tunedModel tunemodel.json)"
  exits 8 create --id=two --wait --timeout=0
  says 'gemtune poll tunedModels/two/operations/'
  exits 0 create --id=three --wait --interval=60 --format=json
  equals ACTIVE "$(jq -r .state <<<"$output")"
}

@test "a base model that cannot be tuned is refused with those that can, and nothing is sent" {
  exits 6 create --base-model=gemini-none
  says 'models/gemini-none cannot be tuned.'
  says '  models/gemini-1.5-flash-001-tuning'
  equals 0 "$(creates_sent)"
  [[ ! -e $GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv ]]
}

@test "when nothing can be tuned it says since when and where Google tunes now, and sends nothing" {
  curl -sS "$url/_emulator/conditions" -d '{"withdrawn": true}' >/dev/null
  exits 6 create
  says 'Google withdrew tuning from the Gemini API in May 2025.'
  says 'https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/tuning/supervised-tuning/use'
  says 'gemtune quickstart'
  equals 0 "$(creates_sent)"
  [[ ! -e $GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv ]]
  exits 0 create --dry-run
}

@test "a folder for temporary files that is not there is named, and nothing is sent" {
  TMPDIR=/nowhere exits 1 create --id=one
  says 'No folder can be made in /nowhere.'
  says 'export TMPDIR=FOLDER'
  fails grep -E 'mktemp|line [0-9]+:' <<<"$stderr"
  equals 0 "$(creates_sent)"
}
