load helper
setup_file() { start_emulator --step-seconds=1; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

blocks() { # LANGUAGE  the code blocks of the README in that language
  awk -v fence="\`\`\`$1" '$0 == "```" { inside = 0 } inside; $0 == fence { inside = 1 }' "$root/README.md"
}

mask() { # what differs from run to run
  sed -E 's#operations/[a-z0-9]+#operations/ID#; s/[0-9-]+T[0-9:.]+Z/TIME/; s/^ *[0-9.]+%  step [0-9]+.*mean loss.*/PROGRESS/' | uniq
}

matches() { # WANTED ACTUAL  where WANTED says "..." anything may stand
  local wanted=${1//'...'/$'\x01'}
  # shellcheck disable=SC2053 # a pattern
  [[ $2 == ${wanted//$'\x01'/*} ]] || equals "$1" "$2"
}

@test "the session of the first screen, line by line" {
  numbers
  cp "$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" .
  export BROWSER="$root/tests/fake/browser %s"
  session=$(while IFS= read -r line <&8; do
    [[ $line == '$ '* ]] || continue
    printf '%s\n' "$line"
    eval "${line#'$ '}" 2>&1
  done 8< <(blocks console))
  matches "$(blocks console | mask | sed 's/[][*?\\]/\\&/g')" "$(mask <<<"$session")"
}

@test "without a browser curl does for the emulator's consent" {
  eval "$(grep -o "export BROWSER='curl[^\`]*" "$root/README.md")"
  exits 0 gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json"
  says 'Credentials saved to file'
}

@test "the lines from data to a verdict" {
  numbers
  blocks sh | sed -n '/^gemtune dataset check/,/^gemtune delete/p' >lines
  grep -q 'evaluate counting' lines
  exits 0 bash -e -c '. ./lines'
  prints 'numbers.csv'
  prints '% right (0 of 3'
  equals 3 "$(wc -l <answers.jsonl)"
}

@test "the lines that start and use the emulator" {
  own_home "$BATS_TEST_TMPDIR/fresh"
  export BROWSER="$root/tests/fake/browser %s"
  blocks sh | sed -n '/^gemtune emulator start/,/^gemtune models/p' >lines
  grep -q 'models list --tunable' lines
  sed -i.old 's/start --auto-consent &/start --auto-consent --host-port=127.0.0.1:0 3>\&- \&/' lines
  mkdir real # a real sleep: the emulator is only starting
  printf '#!/bin/sh\ncommand -p sleep "$1"\n' >real/sleep && chmod +x real/sleep
  PATH=$HOME/real:$PATH exits 0 bash -e -c 'trap "gemtune emulator stop" EXIT; . ./lines'
  prints gemini-1.5-flash-001-tuning
}

@test "the lines that rehearse trouble" {
  blocks sh | sed -n '/_emulator.faults/,/^gemtune list/p' >lines
  grep -q quota-per-day lines
  exits 75 bash -c '. ./lines'
  prints '"stall"'
  says 'This quota is per day'
}

@test "the lines that rehearse how tunings go" {
  blocks sh | sed -n '/_emulator.conditions"$/,/_emulator.reset/p' >lines
  equals 4 "$(grep -c _emulator lines)"
  exits 0 bash -c '. ./lines'
  prints '"failingTunings": 1'
  sed -i.old '/reset/d' lines
  exits 0 bash -c '. ./lines && gemtune infer numbers 3'
  equals 4 "${output##*$'\n'}"
}

@test "the table of commands is that of the manuals" {
  wanted=$(gemtune help | sed -nE 's/^  ([a-z]+( [a-z-]+)*) {2,}(.*)/| `\1` | \3 |/p')
  [[ -n $wanted ]]
  equals "$wanted" "$(grep -E '^\| `[a-z]' "$root/README.md")"
}

@test "the exit codes are those that the code has names for" {
  table() { # FIRST LAST  "number words" of those between, from the file of names
    sed -nE 's/^exit_[a-z_]+=([0-9]+) +# (.*)/\1 \2/p' "$root/lib/gemtune/exit_codes.bash" |
      awk -v first="$1" -v last="$2" '$1 >= first && $1 <= last'
  }
  equals "$(table 0 128 | sed -E 's/^([0-9]+) (.*)/| \1 | \2 |/')" "$(grep -E '^\| [0-9]+ \|' "$root/README.md")"
  signals=$(table 129 255 | cut -d ' ' -f 1 | paste -s -d , -) words=$(table 129 255 | cut -d ' ' -f 2- | paste -s -d , -)
  equals "| ${signals//,/, } | ${words//,/, } |" "$(grep -E '^\| 129' "$root/README.md")"
}
