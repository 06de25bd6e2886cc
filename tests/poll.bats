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

operation_of_one() { # JSON_MEMBERS  a fault of it
  plan_fault "{\"method\": \"GET\", \"path\": \"/v1/tunedModels/one/operations/*\", $1}"
}

in_pauses() { # COMMAND...  the first pause runs the first one, and so on; a dead emulator's clock is not turned
  local command count=0
  mkdir -p path
  for command; do
    ((count += 1))
    printf '%s\n' "$command" >"path/pause.$count"
  done
  cat >path/sleep <<END
#!/usr/bin/env bash
for file in "$HOME"/path/pause.*; do
  [[ -e \$file ]] || break
  mv "\$file" "$HOME/path/now"
  source "$HOME/path/now" &>"$HOME/path/log"
  break
done
"$root/tests/fake/sleep" "\$1" 2>/dev/null || true
END
  chmod +x path/sleep
}

@test "an outage that is survived is no error, whether the service or the token server has it" {
  create_numbers one >/dev/null 2>&1
  looks '{}'
  operation_of_one '"status": 503, "headers": {"Retry-After": "3600"}'
  exits 0 gemtune poll --interval=2000
  fails grep ERROR <<<"$stderr"
  says 'The tuning goes on.'
  create_numbers two >/dev/null 2>&1
  in_pauses 'rm -r "$GEMTUNE_EMULATOR_DATA_DIR/tokens"'
  plan_fault '{"path": "/token", "status": 503, "count": 9}'
  PATH=$HOME/path:$PATH exits 0 gemtune poll --interval=2000
  fails grep ERROR <<<"$stderr"
  says 'The token server'
  says 'The tuning goes on.'
}

@test "a token that is refused in the middle is renewed, and the poll goes on" {
  create_numbers one >/dev/null 2>&1
  looks '{}' '{}'
  operation_of_one '"status": 401'
  exits 0 gemtune poll --interval=1500
  equals $'tunedModels/one\tACTIVE' "$output"
  equals 2 "$(journal '[.[] | select(.path | startswith("/v1/")) | .headers.authorization][2:4] | unique | length')"
}

@test "an operation that vanished: the model says how it is, at the first look and in the middle" {
  create_numbers one >/dev/null 2>&1
  operation_of_one '"status": 404, "count": 99'
  exits 0 gemtune poll --interval=1000
  says 'The operation is not known any more. Looking at tunedModels/one itself.'
  equals $'tunedModels/one\tACTIVE' "$output"
  equals 1 "$(journal '[.[] | select(.path | startswith("/v1/"))] | length')"
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  create_numbers one >/dev/null 2>&1
  looks '{}'
  operation_of_one '"status": 404, "count": 99'
  exits 8 gemtune poll --interval=1000 --timeout=1500
  [[ $stderr == *'Take it up again with: gemtune poll tunedModels/one' ]]
}

@test "an operation that vanished with its model: exit 6" {
  create_numbers one >/dev/null 2>&1
  looks '{}'
  in_pauses 'gemtune delete one --quiet'
  PATH=$HOME/path:$PATH exits 6 gemtune poll
  says 'Tuned model tunedModels/one does not exist. (404 NOT_FOUND)'
}

@test "a service that is killed and started again is looked at again" {
  own=$BATS_TEST_TMPDIR/own
  restart() { # HOST:PORT
    rm -f first-line && mkfifo first-line
    gemtune emulator start --host-port="$1" --data-dir="$own" --auto-consent --step-seconds=100 >first-line 3>&- &
    echo $! >pid
    read -r _ <first-line
    eval "$(gemtune emulator env-init --data-dir="$own")"
  }
  restart 127.0.0.1:0
  BROWSER="$root/tests/fake/browser %s" gemtune auth login --client-id-file="$own/client_secret.json" 2>/dev/null
  create_numbers one >/dev/null 2>&1
  { declare -p own && declare -f restart; } >restart.bash
  in_pauses : 'kill -9 "$(<"$HOME/pid")"' : 'cd "$HOME"; source ./restart.bash; restart "$GEMTUNE_EMULATOR_HOST"'
  PATH=$HOME/path:$PATH exits 0 gemtune poll --interval=1000
  gemtune emulator stop --data-dir="$own"
  fails grep ERROR <<<"$stderr"
  says 'No emulator answers'
  says 'The tuning goes on.'
  equals $'tunedModels/one\tACTIVE' "$output"
}

@test "a clock that is set, forth or back, neither ends a poll before its timeout nor keeps it on" {
  command -v faketime >/dev/null || skip 'faketime is not installed'
  create_numbers one >/dev/null 2>&1
  for jump in +2d -2d; do
    echo +0 >offset
    rm -f slept
    in_pauses : "echo $jump >$HOME/offset"
    PATH=$HOME/path:$PATH exits 8 faketime -f +0 env -u FAKETIME FAKETIME_TIMESTAMP_FILE="$HOME/offset" FAKETIME_NO_CACHE=1 \
      gemtune poll --interval=5 --timeout=32
    equals "$jump" "$(<offset)"
    equals '5 5 5 5 5 5' "$(xargs <slept)"
  done
}
