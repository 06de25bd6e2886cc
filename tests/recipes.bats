load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  source "$root/scripts/gemini/env.sh"
  recipes=$root/scripts/gemini
}

wire() { # COMMAND...  what it puts on the wire: method, path, query, the headers we send, the body
  local before
  before=$(journal length)
  "$@" >/dev/null 2>&1
  journal "[.[$before:][] | select(.path | startswith(\"/v1\")) | {method, path, query, json,
    authorization: (.headers.authorization != null), project: .headers[\"x-goog-user-project\"],
    type: (if .json then .headers[\"content-type\"] else null end)}]"
}

same_wire() { # RECIPE COMMAND...  the recipe and the command send the same
  local recipe
  recipe=$(wire "$1")
  [[ $recipe != '[]' ]]
  equals "$recipe" "$(wire "${@:2}")"
}

@test "models.sh is gemtune models list" {
  same_wire "$recipes/models.sh" gemtune models list --tunable
  exits 0 "$recipes/models.sh"
  prints models/gemini-1.5-flash-001-tuning
}

@test "list.sh is gemtune list" {
  same_wire "$recipes/list.sh" gemtune list
}

@test "create.sh is gemtune create, poll.sh gemtune poll, infer.sh gemtune infer" {
  recipe=$(wire "$recipes/create.sh" one)
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  # the command has a look at the base models first
  equals "$recipe" "$(wire create_numbers one --display-name='number generator' | jq '.[1:]')"
  wire "$recipes/create.sh" two >/dev/null
  operation=$(jq -r .name tunemodel.json)
  curl -sS -X POST "$url/_emulator/clock" -d '{"advanceSeconds": 60}' >/dev/null
  same_wire "$recipes/poll.sh" gemtune poll "$operation"
  same_wire "$recipes/infer.sh" gemtune infer two 'twenty two'
  exits 0 "$recipes/infer.sh" thirteen
  equals fourteen "$output"
}

@test "update.sh is gemtune update" {
  wire "$recipes/create.sh" one >/dev/null
  recipe=$(wire "$recipes/update.sh" 'counts "on"')
  [[ $recipe == *PATCH* ]]
  equals "$recipe" "$(wire gemtune update one --description='counts "on"')"
  exits 0 "$recipes/update.sh" 'what it is for' tunedModels/one
  equals $'tunedModels/one\nwhat it is for' "$output"
}

@test "delete.sh is gemtune delete, which looks first so that it can say what will go" {
  two() { for id in one two; do "$recipes/create.sh" "$id"; done >/dev/null 2>&1; }
  two
  recipe=$(wire "$recipes/delete.sh" tunedModels/one tunedModels/two)
  two
  equals "$(jq 'map(select(.method == "DELETE"))' <<<"$recipe")" \
    "$(wire gemtune delete one two --quiet | jq 'map(select(.method == "DELETE"))')"
  two
  recipe=$(wire "$recipes/delete.sh" --all)
  equals 3 "$(jq length <<<"$recipe")"
  two
  equals "$recipe" "$(wire gemtune delete --all --quiet)"
}

@test "delete.sh goes on after a failure, and counts" {
  "$recipes/create.sh" one >/dev/null 2>&1
  exits 1 "$recipes/delete.sh" tunedModels/nobody tunedModels/one
  equals 'Deleted tunedModels/one' "$output"
  says 'Tuned model tunedModels/nobody does not exist.'
  says '1 of 2 failed'
  exits 0 gemtune list --format=json
  equals '[]' "$output"
}

@test "poll.sh looks until the tuning is done" {
  "$recipes/create.sh" one >/dev/null 2>&1
  exits 0 "$recipes/poll.sh"
  grep -qE '^[1-9][0-9]?(\.[0-9]+)?%  mean loss [0-9.]+$' <<<"$output"
  prints '100%  mean loss'
}

@test "env.sh sets the tutorial's names, in zsh too" {
  [[ $access_token =~ ^ya29\. ]]
  equals "gemtune-emulator $url" "$project_id $base_url"
  command -v zsh >/dev/null || skip 'zsh is not installed'
  exits 0 env -u access_token -u base_url zsh -c ". $recipes/env.sh && print \$base_url \${access_token%%.*}"
  equals "$url ya29" "$output"
}

@test "env.sh without a login says what to do" {
  exits 0 env GEMTUNE_EMULATOR_DATA_DIR=/nowhere bash -c ". $recipes/env.sh"
  says 'log in as the first lines of this file say'
}

@test "tune.py is the whole tutorial on one page" {
  (while curl -sS -X POST "$url/_emulator/clock" -d '{"advanceSeconds": 60}' -o /dev/null; do :; done) 3>&- &
  turning=$!
  interval=0 exits 0 "$GEMTUNE_PYTHON" "$recipes/tune.py"
  kill "$turning"
  prints '100.00%  step 19'
  prints 'twenty three'
}

@test "a refused request ends a recipe with an error, and shows Google's words" {
  access_token=wrong exits 22 "$recipes/list.sh"
  base_url=http://127.0.0.1:1 exits 7 "$recipes/list.sh"
}

@test "a recipe sources nothing of ours and needs curl and jq alone" {
  fails grep -nE 'lib/gemtune|gemtune (auth|list|create|env)|python' "$recipes"/{models,list,create,poll,infer,update,delete}.sh
}

@test "evaluate.sh is gemtune evaluate" {
  wire "$recipes/create.sh" three >/dev/null
  curl -sS -X POST "$url/_emulator/clock" -d '{"advanceSeconds": 60}' >/dev/null
  printf '%s\n' '{"text_input": "twenty two", "output": "twenty three"}' '{"text_input": "1", "output": "II"}' >test.jsonl
  asked() { jq 'map(select(.method == "POST"))' <<<"$1"; } # the command looks first whether the model is there
  recipe=$(asked "$(wire "$recipes/evaluate.sh" test.jsonl)")
  equals 2 "$(jq length <<<"$recipe")"
  equals "$recipe" "$(asked "$(wire gemtune evaluate tunedModels/three --test-data=test.jsonl --jobs=1)")"
  exits 0 "$recipes/evaluate.sh" test.jsonl
  prints 'Input: twenty two, Output: twenty three, Expected: twenty three, Match: true'
  says '1 of 2 right'
  exits 0 "$recipes/evaluate.sh"
  prints 'Input: 七, Output: '
  fails grep -nE 'lib/gemtune|gemtune (auth|list|create|env)|python' "$recipes/evaluate.sh"
}
