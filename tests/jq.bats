# The one jq: what is its own fault is not blamed on the service, and what is the service's is not blamed on jq.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  create_numbers "numbers" >/dev/null 2>&1
}

fake_jq() { # COMMAND_LINE  what it does in place of running a program
  mkdir -p broken
  printf '#!/bin/sh\n[ "$1" != --version ] || { echo jq-9.9 && exit; }\n%s\n' "$1" >broken/jq
  chmod +x broken/jq
}

gemtune_with_it() {
  PATH=$PWD/broken:$PATH gemtune "$@"
}

commands=(
  'list' 'list --limit=1' 'describe numbers' 'infer numbers 1' 'infer numbers 1 --stream' 'infer numbers --input=prompts.txt'
  'poll numbers' 'cancel numbers --quiet' 'update numbers --top-k=7' 'plot numbers --format=csv' 'create --base-model=gemini-1.5-flash-001-tuning --training-data=numbers.csv'
  'list --filter=state=ACTIVE' 'share list numbers' 'config list --format=json' 'models list' 'delete --all --quiet'
)

@test "a jq that dies, refuses a program or cannot be started is named with its version, and what to do" {
  echo 1 >prompts.txt
  while IFS=$'\t' read -r deed words; do
    fake_jq "$deed"
    for line in "${commands[@]}"; do
      # shellcheck disable=SC2086 # its words
      exits 1 gemtune_with_it $line
      equals "This jq is broken: jq-9.9 ($PWD/broken/jq) $words." "$(grep -m 1 ERROR <<<"$stderr" | sed 's/.*) This/This/')"
      says 'put its folder first in PATH'
      fails grep -E "service's|answered|JSON|line [0-9]+:" <<<"$line: $deed: $stderr"
    done
  done <<END
kill -ABRT \$\$	died of signal 6
kill -SEGV \$\$	died of signal 11
exit 3	does not take the programs of gemtune
exit 126	cannot be started
END
}

@test "a jq that fails while it reads a refusal does not change whose fault it is" {
  fake_jq 'kill -ABRT $$'
  exits 1 gemtune_with_it describe nobody
  says 'This jq is broken: jq-9.9'
  exits 1 gemtune_with_it explain '{"error": {"code": 403, "message": "No."}}'
  says 'This jq is broken: jq-9.9'
}

@test "a jq that somebody ends is not called broken" {
  fake_jq 'kill -INT $$'
  exits 130 gemtune_with_it list
  equals '' "$stderr"
}

@test "doctor compiles every program with the jq there is, and says of a broken one what every command says" {
  fake_jq 'kill -ABRT $$'
  exits 1 gemtune_with_it doctor --format=csv
  exits 1 gemtune_with_it doctor
  prints "error    jq                This jq is broken: jq-9.9 ($PWD/broken/jq) died of signal 6."
  cp -r "$root"/{bin,lib} .
  echo 'def never_called($a; b): not_there(b);' >>lib/gemtune/backends/gemini/stream.jq
  exits 1 ./bin/gemtune doctor
  prints 'does not take the programs of gemtune.'
}

@test "an answer of another form is the service's, and so is one that is no JSON" {
  while read -r body words; do
    plan_fault "{\"path\": \"/v1beta/tunedModels\", \"status\": 200, \"body\": $body}"
    exits 1 gemtune list
    says "The service's answer $words"
  done <<'END'
{"tunedModels":5} is not of the form that gemtune knows.
[[1]] is not of the form that gemtune knows.
"{\"tunedModels\":[" cannot be read as JSON.
"{}}" cannot be read as JSON.
END
}
