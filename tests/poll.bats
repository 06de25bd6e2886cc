load helper
setup_file() { start_emulator --step-seconds=100; } # so that a slow machine turns no step
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "it shows percent and a falling loss, ends with the model, and sleeps the interval between looks" {
  create_numbers one >/dev/null 2>&1
  exits 0 gemtune poll --interval=1000
  equals $'tunedModels/one\tACTIVE' "$output"
  says '26.32%  step 10/38'
  says '100.00%  step 38/38  epoch 5'
  first=$(sed -n 's/.*step 10\/38.*mean loss //p' <<<"$stderr") last=$(sed -n 's/.*step 38\/38.*mean loss //p' <<<"$stderr")
  awk -v a="$first" -v b="$last" 'BEGIN { exit !(b < a) }'
  equals 1000 "$(sort -u "$HOME/slept")"
}

@test "without a name it takes up the newest tuning; a model's name works too" {
  create_numbers one >/dev/null 2>&1
  create_numbers two >/dev/null 2>&1
  exits 0 gemtune poll --interval=6000
  prints tunedModels/two
  exits 0 gemtune poll one --interval=6000
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
  rm "$HOME/slept"
  exits 8 gemtune poll --interval=1e99 --timeout=12
  [[ ! -e $HOME/slept ]]
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

looks() { # JSON...  what the operation of `one` answers, look by look, before the emulator answers itself
  local body
  for body; do plan_fault "{\"method\": \"GET\", \"path\": \"/v1/tunedModels/one/operations/*\", \"status\": 200, \"body\": $body}"; done
}

@test "a percent that is missing is counted from the steps, and a line is printed only for what is new" {
  create_numbers one >/dev/null 2>&1
  local half='"totalSteps": 38, "snapshots": [{"step": 1, "meanLoss": 3}, {"step": 19, "epoch": 2, "meanLoss": 1.5}]'
  looks '{"metadata": {"totalSteps": 38}}' "{\"metadata\": {$half}}" "{\"metadata\": {$half}}" \
    "{\"metadata\": {\"completedSteps\": 20, \"completedPercent\": 52.6, $half}}"
  exits 0 gemtune poll --interval=6000
  equals $'50.00%  step 19/38  epoch 2  mean loss 1.5\n 52.60%  step 20/38  epoch 2  mean loss 1.5' "$(head -n 2 <<<"$stderr")"
  equals 3 "$(grep -c 'mean loss' <<<"$stderr")"
}

@test "done without snapshots is noted; an error of the operation, and a model that failed, are exit 7" {
  create_numbers one >/dev/null 2>&1
  looks '{"done": true, "metadata": {}, "response": {"name": "tunedModels/one", "state": "ACTIVE"}}'
  exits 0 gemtune poll
  equals $'tunedModels/one\tACTIVE' "$output"
  says 'has no snapshots'
  looks '{"done": true, "metadata": {}, "error": {"code": 13, "message": "out\u001b[31m of\nluck"}}'
  exits 7 gemtune poll
  says 'The tuning failed: out�[31m of luck'
  looks '{"done": true, "metadata": {}, "response": {"name": "tunedModels/one", "state": "FAILED"}}'
  exits 7 gemtune poll
}

@test "an outage does not end a poll: it looks again, less often, and then as before" {
  curl -sS "$url/_emulator/conditions" -d '{"stepSeconds": 1}' >/dev/null # 38 s in all
  create_numbers one >/dev/null 2>&1
  looks '{}'
  plan_fault '{"method": "GET", "path": "/v1/tunedModels/one/operations/*", "count": 2, "status": 503, "headers": {"Retry-After": "3600"}}'
  looks '{}'
  exits 0 gemtune poll --interval=5
  says 'The tuning goes on. Looking again in 10 s.'
  says 'The tuning goes on. Looking again in 20 s.'
  equals '5 10 20 5' "$(xargs <"$HOME/slept")"
  equals $'tunedModels/one\tACTIVE' "$output"
}

@test "with --interval=0 an outage is not met without pause" {
  create_numbers one >/dev/null 2>&1
  looks '{}'
  plan_fault '{"method": "GET", "path": "/v1/tunedModels/one/operations/*", "count": 9, "status": 503, "headers": {"Retry-After": "3600"}}'
  exits 8 gemtune poll --interval=0 --timeout=5
  says $'Looking again in 1 s.\n'
}

@test "an outage ends a poll with its timeout, one at the first look and a lost login at once" {
  create_numbers one >/dev/null 2>&1
  looks '{}'
  plan_fault '{"method": "GET", "path": "/v1/tunedModels/one/operations/*", "count": 9, "status": 503, "headers": {"Retry-After": "3600"}}'
  exits 8 gemtune poll --interval=5 --timeout=40
  says 'Still tuning after 40 s.'
  equals '5 10 20' "$(xargs <"$HOME/slept")"
  exits 75 gemtune poll
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  create_numbers one >/dev/null 2>&1
  looks '{}'
  plan_fault '{"method": "GET", "path": "/v1/tunedModels/one/operations/*", "count": 2, "status": 401}'
  exits 4 gemtune poll
}

@test "a model that no operation tunes is followed by its own state" {
  create_numbers one >/dev/null 2>&1
  plan_fault '{"method": "GET", "path": "/v1beta/tunedModels/one/operations", "status": 200, "body": {}}'
  exits 0 gemtune poll one --interval=6000
  equals $'tunedModels/one\tACTIVE' "$output"
  (($(journal '[.[] | select(.path == "/v1beta/tunedModels/one")] | length') >= 2))
}

on_terminal() { # COLUMNS COMMAND...  what it draws there, as a terminal shows it in the end of each line
  printf 'stty cols %s rows 24\nshift\nTERM=xterm exec "$@"\n' "$1" >terminal.sh
  "$GEMTUNE_PYTHON" -c 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(["bash", "terminal.sh", *sys.argv[1:]])))' \
    "$@" </dev/null | tr -d '\r'
}

drawn() { # the pictures that stood in one place, a line for each
  sed 's/\x1b\[J/\n/g' | grep '%'
}

@test "on a terminal it is one bar that fits, and stays when it is full" {
  for columns in 80 40; do
    create_numbers one >/dev/null 2>&1
    shown=$(on_terminal "$columns" gemtune poll --interval=1000)
    [[ $shown == *$'\ntunedModels/one\tACTIVE' ]]
    shown=$(drawn <<<"$shown")
    equals 5 "$(wc -l <<<"$shown" | xargs)"
    awk -v most="$columns" 'length >= most' <<<"$shown" | wc -l | grep -qx ' *0'
    [[ $shown == *'26%'*'100%'* ]]
    curl -sS -X POST "$url/_emulator/reset" >/dev/null
  done
  [[ ${shown%%$'\n'*} =~ ^\[\.+\]\ +0%\ 0/38\ e0\ loss\ -$ ]]
  [[ ${shown##*$'\n'} =~ ^\[#+\]\ 100%\ 38/38\ e5\ loss\ 0\.[0-9]+$ ]]
  [[ $shown =~ 26%\ 10/38\ e1\ loss\ [0-9.]+\ 46:40 ]]
}

@test "a single snapshot has no pace: the bar stands without the time that is left" {
  create_numbers one >/dev/null 2>&1
  looks '{"metadata": {"totalSteps": 38, "snapshots": [{"step": 1, "meanLoss": 3, "computeTime": "2026-01-01T00:00:00.5Z"}]}}'
  shown=$(on_terminal 80 gemtune poll --interval=6000)
  [[ $shown =~ \]\ +3%\ +step\ 1/38\ +epoch\ 0\ +mean\ loss\ 3$'\e' ]]
  [[ $shown == *$'\ntunedModels/one\tACTIVE' ]]
}

@test "without colours a terminal gets lines" {
  create_numbers one >/dev/null 2>&1
  shown=$(NO_COLOR=1 on_terminal 80 gemtune poll --interval=1000)
  [[ $shown == *'26.32%  step 10/38'* && $shown != *$'\e['* ]]
}

@test "the newest is what stands: refused ones are taken back, and what never arrived is passed over" {
  local key=gemini/gemtune-emulator/
  create_numbers one >/dev/null 2>&1
  {
    printf '2026-01-01T00:00:00Z\t%s\t%s\n' "$key" $'tunedModels/two\tsent\ttwo\td' "$key" $'tunedModels/three\tsent\tthree\td' \
      "$key" $'tunedModels/two\trefused\ttwo\td' "$key" $'tunedModels/one\tsent\tone\te' "$key" $'tunedModels/one\trefused\tone\te'
  } >>"$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv"
  exits 0 gemtune poll --interval=60
  prints tunedModels/one
}
