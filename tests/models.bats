load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "models list shows base models, --tunable those that can be tuned" {
  exits 0 gemtune models list --format='value(name)'
  all=$output
  exits 0 gemtune models list --tunable --format='value(name)'
  prints models/gemini-1.5-flash-001-tuning
  (($(wc -l <<<"$all") > $(wc -l <<<"$output")))
}

@test "the table has a heading and columns" {
  exits 0 gemtune models list --tunable
  prints 'NAME '
  prints '16384'
}
