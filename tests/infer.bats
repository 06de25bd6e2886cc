load helper
setup_file() {
  start_emulator
}
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  create_numbers one >/dev/null 2>&1
  gemtune poll --interval=60 >/dev/null 2>&1
}

@test "it answers what it was taught, from an argument or from stdin" {
  exits 0 gemtune infer one 'twenty two'
  equals 'twenty three' "$output"
  exits 0 gemtune infer tunedModels/one -98
  equals -97 "$output"
  exits 0 gemtune infer one <<<'ninety nine'
  equals 'one hundred' "$output"
}

@test "--format=json is the whole reply, and a key gets at one part" {
  exits 0 gemtune infer one 1 --format=json
  equals STOP "$(jq -r '.candidates[0].finishReason' <<<"$output")"
  exits 0 gemtune infer one 1 --format='value(candidates.0.finishReason)'
  equals STOP "$output"
}

@test "a reply without text is explained, not printed as nothing" {
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels/one:generateContent", "status": 200, "body": {"candidates": [{"finishReason": "SAFETY"}]}}'
  exits 1 gemtune infer one 1
  says 'The model gave no text: SAFETY.'
}

@test "an empty prompt is a usage error; a model that still trains says so" {
  exits 2 gemtune infer one </dev/null
  create_numbers two >/dev/null 2>&1
  exits 1 gemtune infer two 1
  says 'tunedModels/two'
}
