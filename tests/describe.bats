load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "describe prints the resource as YAML, under each of its names" {
  create_numbers one >operation.json 2>/dev/null
  for name in one tunedModels/one "$(jq -r .name operation.json)"; do
    exits 0 gemtune describe "$name"
    prints 'name: tunedModels/one'
    prints '  hyperparameters:'
  done
  exits 0 gemtune describe one --format='value(state)'
  equals CREATING "$output"
}

@test "an unknown model: exit 6 and where to look" {
  exits 6 gemtune describe nobody
  says 'ERROR: (gemtune.describe) Tuned model tunedModels/nobody does not exist. (404 NOT_FOUND)'
  says 'gemtune list'
}
