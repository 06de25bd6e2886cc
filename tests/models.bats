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

@test "--filter, --sort-by and --limit work here, for the service has none" {
  exits 0 gemtune models list --filter='inputTokenLimit<20000 createTunedModel' --format='value(name)'
  equals models/gemini-1.5-flash-001-tuning "$output"
  equals '' "$(journal '.[-1].query[] | select(.[0] == "filter")')"
  exits 0 gemtune models list --sort-by=~name --format='value(name)'
  equals "$(sort -r <<<"$output")" "$output"
  exits 0 gemtune models list --limit=1 --format='value(name)'
  equals 1 "$(wc -l <<<"$output" | tr -d ' ')"
}

@test "models describe shows one, with or without its folder in the name" {
  exits 0 gemtune models describe models/gemini-1.5-flash-001-tuning
  page=$output
  prints 'inputTokenLimit: 16384'
  exits 0 gemtune models describe gemini-1.5-flash-001-tuning
  equals "$page" "$output"
  exits 6 gemtune models describe nothing
  for name in ../tunedModels tunedModels/one 'a b'; do
    exits 2 gemtune models describe "$name"
    says "'$name' is not the name of a base model."
  done
}
