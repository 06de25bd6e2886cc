load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

lists() { journal '[.[] | select(.path == "/v1beta/tunedModels" and .method == "GET")] | length'; }

@test "describe prints the resource as YAML, under each of its names" {
  create_numbers one --display-name='Number Generator 數字' >operation.json 2>/dev/null
  for name in one tunedModels/one "$(jq -r .name operation.json)" 'Number Generator 數字'; do
    exits 0 gemtune describe "$name"
    prints 'name: tunedModels/one'
    prints '  hyperparameters:'
  done
  says "'Number Generator 數字' is tunedModels/one."
  exits 0 gemtune describe one --format='value(state)'
  equals CREATING "$output"
  equals 1 "$(lists)" # only for what can be no id
}

@test "a display name that looks like an id is found as well, and an id wins" {
  create_numbers one --display-name=two >/dev/null 2>&1
  exits 0 gemtune describe two --format='value(name)'
  equals tunedModels/one "$output"
  create_numbers two --display-name=three >/dev/null 2>&1
  exits 0 gemtune describe two --format='value(name)'
  equals tunedModels/two "$output"
}

@test "several models of one display name are listed" {
  for id in one two; do create_numbers "$id" --display-name='my model' >/dev/null 2>&1; done
  exits 2 gemtune describe 'my model'
  says "2 models are called 'my model'."
  says '  tunedModels/one  20'
  says '  tunedModels/two  20'
}

@test "an unknown model: exit 6, where to look, and what is near" {
  exits 6 gemtune describe nobody
  says 'ERROR: (gemtune.describe) Tuned model tunedModels/nobody does not exist. (404 NOT_FOUND)'
  says 'gemtune list'
  create_numbers number-generator-1 --display-name='Zahlen zählen' >/dev/null 2>&1
  exits 6 gemtune describe numbr-generator
  says 'Did you mean tunedModels/number-generator-1 (Zahlen zählen)?'
  exits 6 gemtune describe 'zahlen zählen'
  says "No tuned model has the display name 'zahlen zählen'."
  says 'Did you mean tunedModels/number-generator-1 (Zahlen zählen)?'
}

@test "a model whose base model is gone is not looked for in the list" {
  create_numbers one >/dev/null 2>&1
  plan_fault '{"path": "/v1beta/tunedModels/one", "status": 404, "body": {"error": {"code": 404, "status": "NOT_FOUND", "message":
    "models/gemini-1.5-flash-001-tuning is not found for API version v1beta, or is not supported for generateContent."}}}'
  exits 6 gemtune describe one
  says 'withdrew in May 2025'
  equals 0 "$(lists)"
}

@test "what can be no id is compared with display names, and reaches no URL" {
  for name in ../../x 'x?y' x%2fy 'a b' '$(x)' tunedModels; do
    exits 6 gemtune describe "$name"
  done
  equals '/v1beta/tunedModels' "$(journal '[.[] | select(.path | startswith("/v1beta")) | .path] | unique | map(select(. != "/v1beta/tunedModels/tunedModels")) | .[]')"
  equals 'pageSize=1000' "$(journal '[.[] | select(.path == "/v1beta/tunedModels") | .query[] | join("=")] | unique | .[]')"
}

@test "--dry-run prints a curl line that does the same" {
  create_numbers one --display-name='my model' >/dev/null 2>&1
  for name in one 'my model'; do
    exits 0 gemtune describe "$name" --dry-run
    equals tunedModels/one "$(eval "$output" 2>/dev/null | jq -r .name)"
  done
}
