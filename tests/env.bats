load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

@test "it prints the tutorial's three exports, and on stderr where each comes from" {
  exits 0 gemtune env
  [[ ${lines[0]} =~ ^export\ access_token=ya29\.[A-Za-z0-9._-]+$ ]]
  equals "export project_id=gemtune-emulator" "${lines[1]}"
  equals "export base_url=$url" "${lines[2]}"
  says 'project_id: GEMTUNE_PROJECT'
  says 'base_url: GEMTUNE_EMULATOR_HOST'
  says "access_token: $GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json"
  exits 0 gemtune env --quiet
  equals '' "$stderr"
}

@test "it can be evaluated, with quotes and without" {
  # shellcheck disable=SC2046 # people forget the quotes
  eval $(gemtune env 2>/dev/null)
  equals "$url" "$base_url"
  curl -sS "$base_url/v1beta/tunedModels" -H "Authorization: Bearer $access_token" \
    -H "x-goog-user-project: $project_id" | jq -e 'has("error") | not'
}

@test "without a project it prints nothing that could be evaluated" {
  unset GEMTUNE_PROJECT
  exits 5 gemtune env
  equals '' "$output"
}
