load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "an empty list says so on stderr, and is [] as JSON and nothing as a value" {
  exits 0 gemtune list
  equals '' "$output"
  says 'Listed 0 items.'
  exits 0 gemtune list --format=json
  equals '[]' "$output"
  exits 0 gemtune list --format='value(name)'
  equals '' "$output$stderr"
}

@test "every page is read" {
  for id in a1 a2 a3; do create_numbers "$id" >/dev/null 2>&1; done
  exits 0 gemtune list --format='value(name)' --page-size=1
  equals $'tunedModels/a1\ntunedModels/a2\ntunedModels/a3' "$(sort <<<"$output")"
  equals 3 "$(journal '[.[] | select(.method == "GET" and .path == "/v1beta/tunedModels")] | length')"
}

@test "the table lines up names in Chinese and Korean" {
  create_numbers plain --display-name=plain >/dev/null 2>&1
  create_numbers wide --display-name='數字產生器 숫자' >/dev/null 2>&1
  exits 0 gemtune list --format='table(displayName,state)'
  prints $'DISPLAY_NAME     STATE'
  prints $'plain            CREATING'
  prints $'數字產生器 숫자  CREATING'
}

@test "control characters of the service do not reach the terminal" {
  create_numbers ugly --display-name=$'red\e[31m' >/dev/null 2>&1
  exits 0 gemtune list
  prints 'red�[31m'
}

@test "--format: json is Google's own resource, yaml, csv and value take keys" {
  create_numbers one --display-name='a, "b"' >/dev/null 2>&1
  exits 0 gemtune list --format=json
  equals 2 "$(jq '.[0].tuningTask.hyperparameters.batchSize' <<<"$output")"
  exits 0 gemtune list --format='csv(name,displayName,tuningTask.hyperparameters.epochCount)'
  equals $'name,display_name,epoch_count\ntunedModels/one,"a, ""b""",5' "$output"
  exits 0 gemtune list --format='value(name, state)'
  equals $'tunedModels/one\tCREATING' "$output"
  exits 0 gemtune list --format=yaml
  prints 'name: tunedModels/one'
  prints '    batchSize: 2'
  prints 'createTime: "20' # a bare time would be no string
  exits 2 gemtune list --format=xml --project=nothing-is-sent
  equals 0 "$(journal '[.[] | select(.headers["x-goog-user-project"] == "nothing-is-sent")] | length')"
  says "Invalid value for [--format]: 'xml'."
}
