load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  operation=$(create_numbers one --display-name='number generator' --format='value(name)' 2>/dev/null)
}

@test "a tuning is cancelled by the model's name or the operation's, under /v1" {
  exits 0 gemtune cancel 'number generator' --quiet
  says 'Cancelled [tunedModels/one].'
  equals "/v1/$operation:cancel" "$(journal '[.[] | select(.method == "POST" and (.path | endswith(":cancel")))] | .[].path')"
  exits 0 gemtune describe one --format='value(state)'
  equals FAILED "$output"
  exits 3 gemtune cancel "$operation" --quiet
  says 'This tuning has ended already.'
  says 'gemtune describe tunedModels/one'
}

@test "it asks, for it cannot be taken back" {
  exits 2 gemtune cancel one </dev/null
  says 'add --quiet'
  exits 0 gemtune describe one --format='value(state)'
  equals CREATING "$output"
}

@test "an unknown model is 6" {
  exits 6 gemtune cancel nobody --quiet
}

@test "--dry-run prints a curl line that does the same" {
  for name in one "$operation"; do
    exits 0 gemtune cancel "$name" --dry-run
    prints "/v1/$operation:cancel\""
  done
  eval "$output" >/dev/null 2>&1
  exits 0 gemtune describe one --format='value(state)'
  equals FAILED "$output"
}
