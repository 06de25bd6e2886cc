# A second service comes in with two folders and no edit elsewhere: a toy backend, for a toy service in the emulator.
load helper
tree=$BATS_FILE_TMPDIR/tree
setup_file() {
  mkdir -p "$tree/tests"
  cp -r "$root"/{bin,lib} "$tree"
  cp -r "$root/tests/fake" "$tree/tests"
  cp -r "$root/tests/toy/service" "$tree/lib/python/gemtune/emulator/services/toy"
  cp "$root/tests/toy/backend.bash" "$tree/lib/gemtune/backends/toy.bash"
  cp -r "$root/tests/toy/backend" "$tree/lib/gemtune/backends/toy"
  root=$tree
  start_emulator
}
teardown_file() { root=$tree stop_emulator; }
setup() {
  root=$tree
  use_emulator
  export GEMTUNE_BACKEND=toy
  numbers
}

create_toy() { # ID [FLAG...]
  gemtune create --base-model=toy --training-data=numbers.csv --id="$1" --epoch-count=5 --batch-size=2 "${@:2}"
}

@test "each half is a page" {
  (($(cat "$root"/lib/gemtune/backends/toy.bash "$root"/lib/gemtune/backends/toy/* | wc -l) < 80))
  (($(cat "$root"/lib/python/gemtune/emulator/services/toy/*.py | wc -l) < 80))
}

@test "create, poll, infer: from data to an answer" {
  exits 0 create_toy next-number
  equals next-number "$(jq -r .label <<<"$output")"
  equals '{"ask":"1","say":"2"}' "$(journal '[.[] | select(.method == "POST")][-1].json.pairs[0] | tojson')"
  exits 0 gemtune poll --interval=60
  equals $'jobs/next-number\tDONE' "$output"
  says 'mean loss'
  exits 0 gemtune infer next-number 'twenty two'
  equals 'twenty three' "$output"
  printf '%s\n' 1 3 >prompts.txt
  exits 0 gemtune infer next-number --input=prompts.txt
  equals '2 4' "$(jq -r .output <<<"$output" | paste -s -d ' ' -)"
}

@test "list and describe: neutral columns, the service's own in JSON, page by page" {
  for id in one two three; do create_toy "$id" >/dev/null 2>&1; done
  exits 0 gemtune list --page-size=2 --sort-by=name
  prints $'NAME        DISPLAY_NAME  BASE_MODEL  STATE'
  equals 'jobs/one jobs/three jobs/two' "$(awk 'NR > 1 { print $1 }' <<<"$output" | paste -s -d ' ' -)"
  exits 0 gemtune list --filter='name~t' --format='value(label)'
  equals $'three\ntwo' "$output"
  exits 0 gemtune describe one --format=json
  equals 'born done label marks of stage' "$(jq -r 'keys | join(" ")' <<<"$output")"
  exits 0 gemtune describe jobs/one --format='value(state,stage)'
  [[ $output == QUEUED$'\t'waiting || $output == RUNNING$'\t'learning ]]
}

@test "delete, and what is not there is 6 with what is near" {
  create_toy number-one >/dev/null 2>&1
  exits 6 gemtune describe numbr-one
  says 'Did you mean jobs/number-one (number-one)?'
  exits 0 gemtune delete number-one --quiet
  exits 6 gemtune infer number-one 1
}

@test "what the backend lacks is refused in its own sentence" {
  exits 2 gemtune share list one
  says 'ERROR: (gemtune.share.list) Nobody shares a toy.'
  sed -i.old '/^backend_ask/d' "$root/lib/gemtune/backends/toy.bash"
  exits 1 gemtune list
  mv "$root/lib/gemtune/backends/toy.bash.old" "$root/lib/gemtune/backends/toy.bash"
  says "The backend 'toy' lacks backend_ask."
}
