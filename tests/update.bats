load helper
setup_file() {
  start_emulator
  create_numbers one --display-name='number generator' >/dev/null 2>&1
  keep_models
}
teardown_file() { stop_emulator; }
setup() {
  use_models
}

patches() { # JQ_FILTER  of the requests that changed something
  journal "[.[] | select(.method == \"PATCH\")] | $1"
}

@test "what was given changes, and nothing else is named in the mask" {
  exits 0 gemtune update one --description='counts "on"' --temperature=0.4
  says 'Updated [tunedModels/one].'
  prints 'description: "counts \"on\""'
  prints 'temperature: 0.4'
  prints 'displayName: number generator'
  equals 'updateMask=description,temperature' "$(patches '.[0].query[] | join("=")')"
  equals '{"description":"counts \"on\"","temperature":0.4}' "$(patches '.[0].json | tojson')"
}

@test "it shows what can be changed, and with --format=json the whole resource" {
  exits 0 gemtune update one --top-k=7
  equals $'name: tunedModels/one\ndisplayName: number generator\ntemperature: 1\ntopP: 0.95\ntopK: 7' "$output"
  exits 0 gemtune update one --top-k=8 --format='json'
  prints '"tuningTask"'
}

@test "forty characters are forty also in cron's locale" {
  name=$(printf '數%.0s' {1..40})
  for locale in C C.UTF-8; do
    LC_ALL=$locale exits 0 gemtune update one --display-name="$name" --format='value(displayName)'
    equals "$name" "$output"
    LC_ALL=$locale exits 2 gemtune update one --display-name="${name}x"
  done
}

@test "an empty value takes a field back, a 0 is a value" {
  gemtune update one --description=x --temperature=0.4 2>/dev/null >/dev/null
  exits 0 gemtune update 'number generator' --description='' --temperature='' --top-k=7 --format='json(description,temperature,topK)'
  equals '{"topK":7}' "$(jq -c . <<<"$output")"
  exits 0 gemtune update one --temperature=0 --format='value(temperature)'
  equals 0 "$output"
}

@test "nothing to change, a name that is too long and what is no number are usage errors, and nothing is sent" {
  exits 2 gemtune update one
  says 'Nothing is said that should change.'
  exits 2 gemtune update one --display-name=12345678901234567890123456789012345678901
  says 'more than 40 characters'
  exits 2 gemtune update one --temperature=warm
  exits 2 gemtune update one --top-k=0
  equals 0 "$(patches length)"
}

@test "--dry-run prints a curl line that does the same" {
  exits 0 gemtune update one --description="it's \$HOME" --dry-run
  equals 0 "$(patches length)"
  eval "$output" >/dev/null 2>&1
  exits 0 gemtune describe one --format='value(description)'
  equals "it's \$HOME" "$output"
}
