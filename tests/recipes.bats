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
  equals "$recipe" "$(wire create_numbers one --display-name='number generator')"
  wire "$recipes/create.sh" two >/dev/null
  operation=$(jq -r .name tunemodel.json)
  curl -sS -X POST "$url/_emulator/clock" -d '{"advanceSeconds": 60}' >/dev/null
  same_wire "$recipes/poll.sh" gemtune poll "$operation"
  same_wire "$recipes/infer.sh" gemtune infer two 'twenty two'
  exits 0 "$recipes/infer.sh" thirteen
  equals fourteen "$output"
}

@test "poll.sh looks until the tuning is done" {
  "$recipes/create.sh" one >/dev/null 2>&1
  exits 0 "$recipes/poll.sh"
  prints '13.157895%  mean loss'
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
  fails grep -nE 'lib/gemtune|gemtune (auth|list|create|env)|python' "$recipes"/{models,list,create,poll,infer}.sh
}
