load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "an empty list says so on stderr, and is [] as JSON and nothing as a value" {
  exits 0 gemtune list
  equals '' "$output"
  says 'Listed 0 items.'
  exits 0 gemtune list --format=json
  equals '[]' "$output"
  exits 0 gemtune list --format='value(name)'
  equals '' "$output$stderr"
}

@test "every page is read" {
  for id in a1 a2 a3; do create_numbers "$id" >/dev/null 2>&1; done
  exits 0 gemtune list --format='value(name)' --page-size=1
  equals $'tunedModels/a1\ntunedModels/a2\ntunedModels/a3' "$(sort <<<"$output")"
  equals 3 "$(journal '[.[] | select(.method == "GET" and .path == "/v1beta/tunedModels")] | length')"
}

@test "a list of which a page is missing is no list: the error alone, in every format" {
  page='{"tunedModels": [{"name": "tunedModels/a"}], "nextPageToken": "x"}'
  for flag in --format=table --format=json --limit=5 --sort-by=name; do
    plan_fault "{\"path\": \"/v1beta/tunedModels\", \"status\": 200, \"body\": $page}"
    plan_fault '{"path": "/v1beta/tunedModels", "status": 403}'
    exits 5 gemtune list "$flag"
    equals '' "$output"
    equals 'ERROR: (gemtune.list) Planned fault of the emulator. (403 PERMISSION_DENIED)' "$(head -n 1 <<<"$stderr")"
    fails grep -q Listed <<<"$stderr"
  done
  for flag in --format=json --limit=5; do
    plan_fault '{"path": "/v1beta/tunedModels", "status": 200, "body": "{\"nextPageToken\": \"x\", \"tunedModels\": ["}'
    exits 1 gemtune list "$flag"
    equals '' "$output"
    equals $'ERROR: (gemtune.list) The service\'s answer cannot be read as JSON.\n  Look at it with --log-http.' "$stderr"
  done
}

@test "the table lines up names in Chinese and Korean" {
  create_numbers plain --display-name=plain >/dev/null 2>&1
  create_numbers wide --display-name='數字產生器 숫자' >/dev/null 2>&1
  exits 0 gemtune list --format='table(displayName,state)'
  prints $'DISPLAY_NAME     STATE'
  prints $'plain            CREATING'
  prints $'數字產生器 숫자  CREATING'
}

@test "control characters of the service do not reach the terminal" {
  create_numbers ugly --display-name=$'red\e[31m' >/dev/null 2>&1
  exits 0 gemtune list
  prints 'red�[31m'
}

@test "--limit reads no more pages than it needs, also where it compares here" {
  for id in a1 a2 a3 a4; do create_numbers "$id" >/dev/null 2>&1; done
  pages() { journal '[.[] | select(.method == "GET" and .path == "/v1beta/tunedModels")] | length'; }
  exits 0 gemtune list --format='value(name)' --limit=2
  equals $'tunedModels/a1\ntunedModels/a2' "$output"
  equals 1 "$(pages)"
  exits 0 gemtune list --format='value(name)' --limit=03 --page-size=2
  equals 3 "$(wc -l <<<"$output" | tr -d ' ')"
  equals 3 "$(pages)"
  exits 0 gemtune list --format='value(name)' --limit=1 --page-size=1 --filter='name>tunedModels/a1'
  equals tunedModels/a2 "$output"
  equals 5 "$(pages)"
  exits 0 gemtune list --format='value(name)' --limit=1 --sort-by=~name
  equals tunedModels/a4 "$output"
}

@test "--filter: Google's words go to the service, terms with a key are compared here" {
  create_numbers a1 --display-name='Number Generator' --batch-size=3 >/dev/null 2>&1
  create_numbers a2 --display-name='other' >/dev/null 2>&1
  named() { # EXPRESSION NAMES
    exits 0 gemtune list --filter="$1" --format='value(name)'
    equals "$2" "$(tr '\n' ' ' <<<"${output//tunedModels\//}" | sed 's/ $//')"
  }
  named 'displayName=other' a2
  named 'displayName = "Number Generator"' a1
  named 'displayName:number' a1
  named 'displayName!=other' a1
  named 'displayName~^N.*r$' a1
  named 'displayName!~^N' a2
  named 'tuningTask.hyperparameters.batchSize>2' a1
  named 'tuningTask.hyperparameters.batchSize>=2 AND displayName:o' 'a1 a2'
  named 'tuningTask.hyperparameters.batchSize<10' 'a1 a2'
  named 'NOT displayName=other' a1
  named '-displayName=other' a1
  named 'displayName=other OR tuningTask.hyperparameters.batchSize=3' 'a1 a2'
  named 'description:*' ''
  named 'createTime>2020 state=CREATING owner:me' 'a1 a2'
  equals 'owner:me' "$(journal '.[-1].query[] | select(.[0] == "filter") | .[1]')"
  named 'number owner:me' a1
  named '"number gen"' a1
  equals '' "$(gemtune list --filter='a & b' --format='value(name)' 2>/dev/null)"
}

@test "--filter: what cannot be understood is a usage error, and nothing is sent" {
  for expression in '=x' '(a=b)' 'a=b OR owner:me' 'a=b OR c=d AND e=f' 'NOT' 'NOT owner:me' 'a~[' '-owner:me'; do
    exits 2 gemtune list --filter="$expression"
    says 'Invalid value for [--filter]'
  done
  equals 0 "$(journal '[.[] | select(.path == "/v1beta/tunedModels")] | length')"
}

@test "--sort-by: several keys, downwards with ~, numbers as numbers" {
  create_numbers a1 --display-name=x --batch-size=10 >/dev/null 2>&1
  create_numbers a2 --display-name=x --batch-size=9 >/dev/null 2>&1
  create_numbers a3 --display-name=y >/dev/null 2>&1
  exits 0 gemtune list --sort-by='~displayName,tuningTask.hyperparameters.batchSize' --format='value(name)'
  equals $'tunedModels/a3\ntunedModels/a2\ntunedModels/a1' "$output"
}

@test "--format: json is Google's own resource, yaml, csv and value take keys" {
  create_numbers one --display-name='a, "b"' >/dev/null 2>&1
  exits 0 gemtune list --format=json
  equals 2 "$(jq '.[0].tuningTask.hyperparameters.batchSize' <<<"$output")"
  exits 0 gemtune list --format='csv(name,displayName,tuningTask.hyperparameters.epochCount)'
  equals $'name,display_name,epoch_count\ntunedModels/one,"a, ""b""",5' "$output"
  exits 0 gemtune list --format='value(name, state)'
  equals $'tunedModels/one\tCREATING' "$output"
  exits 0 gemtune list --format=yaml
  prints 'name: tunedModels/one'
  prints '    batchSize: 2'
  prints 'createTime: "20' # a bare time would be no string
  exits 2 gemtune list --format=xml --project=nothing-is-sent
  equals 0 "$(journal '[.[] | select(.headers["x-goog-user-project"] == "nothing-is-sent")] | length')"
  says "Invalid value for [--format]: 'xml' is none of table, json, yaml, csv, value, alone or with keys"
}

@test "--dry-run prints a curl line that does the same" {
  create_numbers a1 >/dev/null 2>&1
  exits 0 gemtune list --filter="owner:me it's" --limit=5 --dry-run
  prints 'pageSize=5&filter=owner%3Ame%20it'
  exits 0 gemtune list --dry-run
  equals tunedModels/a1 "$(eval "$output" 2>/dev/null | jq -r '.tunedModels[].name')"
  exits 0 gemtune list --filter=state=ACTIVE --dry-run
  says 'compared with --filter here'
}

@test "without jq one line says so" {
  mkdir tools
  for tool in bash env readlink cat sed grep curl date python3; do ln -s "$(command -v "$tool")" tools/; done
  exits 1 env PATH="$PWD/tools" GEMTUNE_EMULATOR_DATA_DIR=/nowhere "$root/bin/gemtune" list
  says 'jq is missing.'
  equals 1 "$(grep -c ERROR: <<<"$stderr")"
}
