load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "it shows percent and a falling loss, ends with the model, and sleeps the interval between looks" {
  create_numbers one >/dev/null 2>&1
  exits 0 gemtune poll --interval=10
  equals $'tunedModels/one\tACTIVE' "$output"
  says '26.32%  step 10/38'
  says '100.00%  step 38/38  epoch 5'
  first=$(sed -n 's/.*step 10\/38.*mean loss //p' <<<"$stderr") last=$(sed -n 's/.*step 38\/38.*mean loss //p' <<<"$stderr")
  awk -v a="$first" -v b="$last" 'BEGIN { exit !(b < a) }'
  equals 10 "$(sort -u "$HOME/slept")"
}

@test "without a name it takes up the newest tuning; a model's name works too" {
  create_numbers one >/dev/null 2>&1
  create_numbers two >/dev/null 2>&1
  exits 0 gemtune poll --interval=60
  prints tunedModels/two
  exits 0 gemtune poll one
  prints tunedModels/one
  exits 0 gemtune poll tunedModels/two --format='value(tuningTask.hyperparameters.batchSize)'
  equals 2 "$output"
}

@test "a tuning of another service is not taken up" {
  printf '%s\t%s\t%s\t%s\n' 2026-01-01T00:00:00Z https://example.com tunedModels/elsewhere accepted \
    >"$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv"
  exits 3 gemtune poll
}

@test "nothing to take up: exit 3" {
  exits 3 gemtune poll
  says 'No tuning was started from here.'
}

@test "still running when the timeout ends: exit 8 and how to go on" {
  create_numbers one >/dev/null 2>&1
  exits 8 gemtune poll --interval=5 --timeout=12
  says 'Still tuning after 12 s.'
  says 'gemtune poll tunedModels/one/operations/'
  equals $'5\n5' "$(cat "$HOME/slept")"
}

@test "Ctrl-C: exit 130 and how to go on" {
  create_numbers one >/dev/null 2>&1
  printf '%s\n' '#!/usr/bin/env bash' 'kill -INT "$PPID"' >"$HOME/sleep" && chmod +x "$HOME/sleep"
  PATH=$HOME:$PATH exits 130 gemtune poll
  says 'Take it up again with: gemtune poll tunedModels/one/operations/'
}

@test "an unknown model: exit 6" {
  exits 6 gemtune poll nobody
}
