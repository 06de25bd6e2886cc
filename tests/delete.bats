load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  for id in one two; do create_numbers "$id" --display-name="number $id" >/dev/null 2>&1; done
}

left() { gemtune list --format='value(name)' | sed 's#.*/##' | sort | tr '\n' ' '; }

deletions() { journal '[.[] | select(.method == "DELETE")] | length'; }

@test "models go by any of their names, and what will go is listed first" {
  exits 0 gemtune delete one 'number two' one --quiet
  says $'NAME             DISPLAY_NAME  STATE     CREATE_TIME\ntunedModels/one  number one    CREATING'
  says 'Deleted [tunedModels/one].'
  says 'Deleted 2 of 2.'
  equals '' "$output$(left)"
  equals 2 "$(deletions)"
}

@test "what takes a tuned model refuses a base model, and sends nothing" {
  base=models/gemini-1.5-flash-001-tuning
  for line in "delete $base --quiet" "delete $base --dry-run" "update $base --top-k=7" "poll $base" "cancel $base --quiet" \
    "share list $base" "share remove $base x@example.com" "share transfer $base x@example.com --quiet"; do
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune $line
    says "$base is a base model, and this takes a tuned one."
  done
  equals 2 "$(journal '[.[] | select(.method != "GET")] | length')" # the two creates of setup
  exits 2 gemtune delete "$base" one --quiet
  says 'Deleted 1 of 2.'
}

@test "without a terminal nothing goes until --quiet says so; on one the answer counts" {
  exits 2 gemtune delete one </dev/null
  says 'add --quiet'
  equals 0 "$(deletions)"
  command -v script >/dev/null || skip 'script is not installed'
  exits 1 script -qec 'gemtune delete one' /dev/null <<<n
  prints 'Do you want to continue (y/N)?'
  equals 'one two ' "$(left)"
  exits 0 script -qec 'gemtune delete one' /dev/null <<<y
  equals 'two ' "$(left)"
}

@test "one that fails does not keep the others; the code is that of the failure, or 1 for several kinds" {
  exits 6 gemtune delete nobody one --quiet
  says 'Tuned model tunedModels/nobody does not exist.'
  says 'Deleted 1 of 2.'
  plan_fault '{"method": "DELETE", "path": "/v1beta/tunedModels/two", "error": "project-denied"}'
  exits 1 gemtune delete nobody two --quiet
  says 'Deleted 0 of 2.'
  plan_fault '{"method": "DELETE", "path": "/v1beta/tunedModels/two", "error": "project-denied"}'
  exits 5 gemtune delete two --quiet
  equals 'two ' "$(left)"
}

@test "a lost answer is asked for again, and what is gone then counts as deleted" {
  plan_fault '{"method": "DELETE", "wire": "reset", "when": "after"}'
  exits 0 gemtune delete one --quiet
  says 'Deleted [tunedModels/one].'
  equals 2 "$(deletions)"
  equals 'two ' "$(left)"
}

@test "--all are one's own, --filter those of them that list would show; nothing to delete is 3" {
  create_numbers three --display-name=other >/dev/null 2>&1
  exits 0 gemtune delete --filter='displayName:"number o" OR name~two$' --quiet
  says 'Deleted 2 of 2.'
  equals 'three ' "$(left)"
  exits 3 gemtune delete --filter='state=FAILED' --quiet
  says 'There is nothing to delete.'
  exits 0 gemtune delete --all --quiet
  equals '' "$(left)"
  exits 3 gemtune delete --all --quiet
  equals 'owner:me name' "$(gemtune delete --filter=name --quiet 2>/dev/null || journal '.[-1].query[] | select(.[0] == "filter") | .[1]')"
}

@test "names, --all and --filter exclude each other, and one of them must be there" {
  for line in '' '--all one' '--filter=x=y one' '--all --filter=x=y' '--filter='; do
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune delete $line --quiet
    says 'Name what to delete'
  done
  equals 0 "$(deletions)"
}

@test "--dry-run prints a curl line for each, and only looks" {
  exits 0 gemtune delete --all --dry-run
  equals 2 "$(grep -c '^curl -X DELETE' <<<"$output")"
  equals 0 "$(deletions)"
  exits 0 gemtune delete one 'number two' --dry-run
  eval "$output" >/dev/null 2>&1
  equals '' "$(left)"
}
