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

@test "an id that is taken is an error, not a success" {
  create --id=one >/dev/null 2>&1
  exits 1 create --id=one
  says '409 ALREADY_EXISTS'
}

@test "the ledger is written before the request, and forgets only what was refused" {
  create --id=first >/dev/null 2>&1
  exits 6 gemtune create --base-model=models/none --training-data=numbers.csv --id=refused
  says 'models/none is not found for CREATE TUNED MODEL'
  exits 0 gemtune poll --interval=60
  prints tunedModels/first
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "when": "after", "status": 503,
    "headers": {"Retry-After": "3600"}}'
  exits 75 create --id=unknown
  exits 0 gemtune poll --interval=60
  prints tunedModels/unknown
}

@test "data that cannot be used is refused row by row, with exit 9 and nothing sent" {
  printf 'text_input,output\n1,2\n3,\n,5\n"a\nb",\n' >bad.csv
  exits 9 create --training-data=bad.csv
  says 'bad.csv:3: output is empty'
  says 'bad.csv:4: text_input is empty'
  says 'bad.csv:5: output is empty'
  : >empty.csv
  exits 9 create --training-data=empty.csv
  says 'empty.csv has no examples.'
  exits 9 create --training-data=nowhere.csv
  says 'nowhere.csv cannot be read: No such file or directory.'
  printf 'question,answer\n1,2\n' >other.csv
  exits 9 create --training-data=other.csv
  says 'no column text_input and output; there is: question, answer'
  equals 0 "$(creates_sent)"
  [[ ! -e $GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv ]]
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
