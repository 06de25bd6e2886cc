# scripts/cron: a night of its own, and what starts it.
load helper
setup_file() { start_emulator --pace=at-once; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  numbers
  head -n 6 numbers.csv >test.csv
  day=nightly-$(date -u +%Y%m%d)
  state=$HOME/state
  settings=(TRAINING_DATA="$HOME/numbers.csv" TEST_DATA="$HOME/test.csv" STATE="$state" MIN_ACCURACY=50%)
}

nightly() { # [NAME=VALUE...]  as cron would: with hardly any environment
  env -i HOME="$HOME" PATH="${path:+$path:}$root/tests/fake:$root/bin:$(dirname "$(command -v jq)"):/usr/bin:/bin" GEMTUNE_PYTHON="$GEMTUNE_PYTHON" \
    GEMTUNE_PROJECT="$GEMTUNE_PROJECT" GEMTUNE_EMULATOR_HOST="$GEMTUNE_EMULATOR_HOST" GEMTUNE_EMULATOR_DATA_DIR="$GEMTUNE_EMULATOR_DATA_DIR" \
    "${settings[@]}" "$@" "$root/scripts/cron/nightly.sh"
}

creates() { journal '[.[] | select(.method == "POST" and .path == "/v1beta/tunedModels")] | length'; }

@test "a night: created once, tested, current, told, and the rest of the day nothing is asked" {
  exits 0 nightly
  equals "$day: it has passed, and is the current model" "$(tail -n 1 <<<"$output")"
  equals "$day" "$(<"$state/current")"
  equals 'it has passed, and is the current model' "$(<"$state/$day.done")"
  equals "current log.jsonl $day.done $day.html" "$(cd "$state" && LC_ALL=C && echo *)"
  equals "$day" "$(jq -r -s 'map(.run) | unique | join(" ")' "$state/log.jsonl")"
  asked=$(journal length)
  exits 0 nightly
  equals "$asked" "$(journal length)"
}

@test "a model that does not pass leaves the current one, and so does a tuning that fails" {
  mkdir -p "$state" && echo nightly-before >"$state/current"
  printf '%s\n' text_input,output 1,wrong 3,wrong >test.csv
  exits 10 nightly MIN_ACCURACY=100%
  prints 'less than 100% is right; nightly-before stays current'
  equals nightly-before "$(<"$state/current")"
  exits 0 nightly
  curl -sS "$url/_emulator/conditions" -d '{"failingTunings": 1}' >/dev/null
  exits 7 nightly NAME=other
  prints 'the tuning failed'
  equals nightly-before "$(<"$state/current")"
  equals 2 "$(creates)"
}

@test "what passes by itself is said to nobody, and the next hour goes on; what needs a person is told" {
  plan_fault '{"method": "POST", "path": "/v1beta/tunedModels", "status": 503, "headers": {"Retry-After": "3600"}}'
  exits 75 nightly
  equals '' "$(grep "^$day: " <<<"$output")"
  exits 0 nightly
  equals "$day" "$(<"$state/current")"
  exits 9 nightly NAME=bad TRAINING_DATA=/dev/null
  prints 'gemtune dataset ended with exit code 9'
}

@test "a day that did not come to its end goes on after midnight, with the examples it was begun with" {
  exits 2 nightly MIN_ACCURACY=none
  [[ -e $state/$day.jsonl ]]
  mv "$state/$day.jsonl" "$state/nightly-20200101.jsonl"
  printf '%s\n' text_input,output a,b >numbers.csv
  exits 0 nightly
  equals nightly-20200101 "$(<"$state/current")"
  equals 15 "$(journal '[.[] | select(.method == "POST" and .path == "/v1beta/tunedModels")] | last | .json.tunedModel // .json
    | (.tuning_task // .tuningTask) | (.training_data // .trainingData).examples.examples | length')"
  [[ ! -e $state/nightly-20200101.jsonl ]]
}

@test "killed before any command that it runs, the next run ends the night with one model" {
  path=$HOME/path
  mkdir path
  for tool in gemtune mv rm mkdir; do
    # shellcheck disable=SC2016
    printf '#!/usr/bin/env bash\n. "$HOME/path/once.sh"\nexec %q "$@"\n' "$(PATH=$root/bin:/usr/bin:/bin command -v "$tool")" >"path/$tool"
    chmod +x "path/$tool"
  done
  # shellcheck disable=SC2016 # for the files
  printf '%s\n' '[[ $(ps -o args= -p "$PPID") == *nightly.sh* ]] || return 0' 'echo >>"$HOME/count"' '(($(wc -l <"$HOME/count") != $(<"$HOME/killed-at"))) || { kill -9 "$PPID"; exit 1; }' >path/once.sh
  for ((at = 1, night = 137; night == 137; at += 2)); do
    rm -rf "$state" count "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv"
    curl -sS -X POST "$url/_emulator/reset" >/dev/null
    echo "$at" >killed-at
    nightly >/dev/null 2>&1 && night=0 || night=$?
    ((night == 0 || night == 137))
    echo 0 >killed-at
    exits 0 nightly
    equals "$day" "$(<"$state/current")"
    [[ -e $state/$day.done ]]
    equals '["tunedModels/'"$day"'"]' "$(gemtune list --format=json | jq -c 'map(.name)')"
  done
  ((at > 8))
}

@test "two at once make one model" {
  nightly >one 2>&1 3>&- &
  nightly >two 2>&1 3>&- || true
  wait $! || true
  exits 0 nightly
  equals "$day" "$(<"$state/current")"
  equals 1 "$(gemtune list --format=json | jq length)"
}

@test "it is told by mail and to a webhook, whose address no process list shows, and neither decides anything" {
  path=$HOME/path
  mkdir path
  printf '%s\n' '#!/usr/bin/env bash' 'printf "%s\n" "$*" "$(cat)" >"$HOME/mailed"; exit 1' >path/mail
  printf '%s\n' '#!/usr/bin/env bash' 'printf "%s\n" "$*" >>"$HOME/arguments"' "exec $(command -v curl) \"\$@\"" >path/curl
  chmod +x path/*
  echo "$url/webhook?key=secret" >webhook
  exits 0 nightly MAIL_TO=me@example.com WEBHOOK_FILE="$HOME/webhook"
  equals "-s $day: it has passed, and is the current model me@example.com" "$(head -n 1 mailed)"
  equals "{\"text\":\"$day: it has passed, and is the current model\"}" "$(journal '.[] | select(.path == "/webhook").json | tojson')"
  fails grep -F secret arguments
  exits 0 nightly NAME=other STATE="$HOME/other" WEBHOOK_FILE=/nowhere
}

@test "cron takes the lines, and finds the script executable" {
  [[ -x $root/scripts/cron/nightly.sh ]]
  usage=$(crontab -h 2>&1) || [[ $usage == *-n* ]] || skip 'there is no crontab that checks lines'
  [[ $usage == *'-n'* ]] || skip 'this crontab checks no lines'
  exits 0 crontab -n "$root/scripts/cron/crontab"
  echo '61 * * * * true' >wrong
  fails crontab -n wrong 2>/dev/null
}

@test "systemd takes the units" {
  command -v systemd-analyze >/dev/null || skip 'systemd-analyze is not installed'
  for unit in service timer; do
    sed "s|^ExecStart=.*|ExecStart=$root/scripts/cron/nightly.sh|" "$root/scripts/cron/gemtune-nightly.$unit" >"gemtune-nightly.$unit"
  done
  exits 0 systemd-analyze verify --man=no ./gemtune-nightly.service ./gemtune-nightly.timer
  fails grep gemtune-nightly <<<"$output$stderr"
}

@test "Kubernetes takes the CronJob" {
  command -v kubernetes-validate >/dev/null || skip 'kubernetes-validate is not installed: pip install kubernetes-validate'
  exits 0 kubernetes-validate --strict "$root/scripts/cron/cronjob.yaml"
}

@test "every setting of nightly.sh is in the topic, and every one of the topic in nightly.sh" {
  for name in TRAINING_DATA TEST_DATA BASE_MODEL MIN_ACCURACY NAME STATE MAIL_TO WEBHOOK_FILE; do
    grep -q "\\b$name\\b" "$root/lib/gemtune/topics/cron.txt" "$root/scripts/cron/nightly.sh"
  done
  equals '' "$(comm -13 <(grep -oE '\b[A-Z_]{4,}\b' "$root/lib/gemtune/topics/cron.txt" | sort -u) \
    <(grep -oE '\$\{?[A-Z_]{4,}' "$root/scripts/cron/nightly.sh" | tr -d '${' | grep -v '^HOME$' | sort -u))"
}
