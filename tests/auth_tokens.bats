# Access tokens as scripts and cron ask for them: many at once, for other purposes, in other forms; and a login's end.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  credentials=$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json
  export BROWSER="$root/tests/fake/browser %s"
  log_in
}

log_in() { gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" 2>/dev/null; }

forget_tokens() { rm -f "$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*/token*; }

tokens_bought() { journal '[.[] | select(.path == "/token")] | length'; }

at_once() { # NUMBER COMMAND...  their exit codes in the file codes, what they print in the file printed
  local number=$1 caller
  shift
  rm -f codes printed
  for ((caller = 0; caller < number; caller++)); do
    { "$@" >>printed 2>>complaints 3>&- && echo 0 >>codes || echo "$?" >>codes; } &
  done
  wait
}

@test "forty callers at once: one refresh, one token, no failure" {
  forget_tokens
  bought=$(tokens_bought)
  at_once 40 gemtune auth print-access-token
  equals '40 0' "$(sort codes | uniq -c | xargs)"
  equals "40 $(gemtune auth print-access-token)" "$(sort printed | uniq -c | xargs)"
  equals $((bought + 1)) "$(tokens_bought)"
}

@test "many commands whose token is refused: one refresh between them, and each is answered" {
  curl -sS -X POST "$url/_emulator/tokens" -d '{"expire": true}' >/dev/null
  bought=$(tokens_bought)
  at_once 20 gemtune list --format=json
  equals '20 0' "$(sort codes | uniq -c | xargs)"
  equals $((bought + 1)) "$(tokens_bought)"
}

@test "a token that another process has renewed already is not thrown away" {
  refused=$(gemtune auth print-access-token)
  curl -sS -X POST "$url/_emulator/tokens" -d '{"expire": true}' >/dev/null
  gemtune list 2>/dev/null
  renewed=$(gemtune auth print-access-token)
  # shellcheck disable=SC2016 # for the inner shell
  exits 0 bash -c 'lib=$1; for file in "$lib"/*.bash; do source "$file"; done
    GEMTUNE_PYTHON=/nowhere access_token "$2" && echo "$REPLY"' bash "$root/lib/gemtune" "$refused"
  equals "$renewed" "$output"
}

@test "the forms in which it is printed" {
  token=$(gemtune auth print-access-token)
  equals "Authorization: Bearer $token" "$(gemtune auth print-access-token --format=header)"
  equals "header = \"Authorization: Bearer $token\"" "$(gemtune auth print-access-token --format curl-config)"
  equals "$token" "$(gemtune auth print-access-token --format=json | jq -r 'select(.expires_at > now) | .access_token')"
  exits 0 curl -sS --config <(gemtune auth print-access-token --format=curl-config) -H 'x-goog-user-project: p' "$url/v1beta/tunedModels"
  equals '{}' "$output"
  exits 2 gemtune auth print-access-token --format=yaml
  says "'yaml' is none of token, header, json, curl-config"
}

@test "--min-ttl: one that would end sooner is renewed, in seconds, minutes or hours" {
  token=$(gemtune auth print-access-token --min-ttl=10m)
  equals "$token" "$(gemtune auth print-access-token --min-ttl 3500)"
  exits 0 gemtune auth print-access-token --min-ttl=2h
  [[ $output != "$token" ]]
  says 'WARNING: A new token of these credentials lives 359'
  exits 2 gemtune auth print-access-token --min-ttl=soon
  says "'soon' is not a duration"
}

@test "each scope set and each account has tokens of its own, cached side by side" {
  robot=robot@p.iam.gserviceaccount.com
  plain=$(gemtune auth print-access-token)
  for flag in --scopes=cloud-platform --scopes=generative-language.tuning --impersonate-service-account="$robot"; do
    exits 0 gemtune auth print-access-token "$flag"
    token=$output
    fails grep -qF "$token" seen 2>/dev/null
    echo "$token" >>seen
    GEMTUNE_PYTHON=/nowhere exits 0 gemtune auth print-access-token "$flag"
    equals "$token" "$output"
    curl -sS "$url/tokeninfo" -d "access_token=$token" | jq -r '"\(.email) \(.scope)"' >>issued
  done
  equals "$plain" "$(GEMTUNE_PYTHON=/nowhere gemtune auth print-access-token)"
  equals 'you@example.com cloud-platform
you@example.com generative-language.tuning
robot@p.iam.gserviceaccount.com cloud-platform generative-language.tuning' "$(sed 's#https://www.googleapis.com/auth/##g' issued)"
  exits 2 gemtune auth print-access-token --impersonate-service-account=robot
  exits 2 gemtune auth print-access-token --scopes='a"b c"}'$'\n'
}

@test "the cache of another purpose under the same name is not served" {
  token=$(gemtune auth print-access-token --scopes=cloud-platform)
  folder=$(echo "$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*)
  cp -p "$folder/token@cloud-platform" "$folder/token"
  cp -p "$folder/token@cloud-platform" "$folder/token@robot@p.com"
  exits 0 gemtune auth print-access-token
  [[ $output != "$token" ]]
  exits 6 gemtune auth print-access-token --impersonate-service-account=robot@p.com
}

@test "GOOGLE_APPLICATION_CREDENTIALS has tokens of its own, and its file is not gemtune's to change" {
  unset GEMTUNE_EMULATOR_HOST
  mkdir -p "$HOME/.config/gcloud" "$HOME/.cache/gemtune"
  for file in "$HOME/.config/gcloud/application_default_credentials.json" "$HOME/other.json"; do
    token=${file##*/} && token=ya29.${token%.json}
    cp "$credentials" "$file"
    folder=$HOME/.cache/gemtune/tokens/${file//\//%} && folder=${folder%.json}
    mkdir -p "$folder"
    printf '{"access_token":"%s","expires_at":4000000000,"credentials":"%s","scopes":"","impersonated_account":""}\n' \
      "$token" "$file" >"$folder/token"
    touch -r "$file" "$folder/token"
  done
  equals ya29.application_default_credentials "$(gemtune auth print-access-token)"
  export GOOGLE_APPLICATION_CREDENTIALS=$HOME/other.json
  equals ya29.other "$(gemtune auth print-access-token)"
  for line in revoke 'set-quota-project my-project'; do
    # shellcheck disable=SC2086 # words
    exits 2 gemtune auth $line --quiet
    says 'unset GOOGLE_APPLICATION_CREDENTIALS'
  done
  cmp "$credentials" "$HOME/other.json"
}

@test "set-quota-project keeps the token and the login, and says what it did" {
  token=$(gemtune auth print-access-token)
  exits 0 gemtune auth set-quota-project my-project
  says 'Quota project "my-project"'
  equals "$token" "$(GEMTUNE_PYTHON=/nowhere gemtune auth print-access-token)"
  equals my-project "$(gemtune auth status --format='value(quotaProject)')"
  log_in
  equals my-project "$(jq -r .quota_project_id "$credentials")"
  exits 2 gemtune auth set-quota-project
  exits 2 gemtune auth set-quota-project 'My Project'
}

@test "status: the report, the forecast, and a daily line for cron" {
  exits 0 gemtune auth status --format=json
  equals 'you@example.com ACTIVE authorized_user 2' "$(jq -r '"\(.account) \(.state) \(.kind) \(.scopes | length)"' <<<"$output")"
  exits 0 gemtune auth status --min-valid=48h --quiet
  equals '' "$output$stderr"
  touch -d '6 days ago' "$credentials"
  rm "$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*/login.json
  exits 4 gemtune auth status --min-valid=48h --quiet
  equals '' "$output"
  says 'The login ends in 23 hours 59 minutes if its app is in Testing, which Google did not say. That is less than 2 days.'
  touch -d '8 days ago' "$credentials"
  exits 0 gemtune auth status --min-valid=48h
  prints 'No end in sight'
}

@test "status of a dead login, of none, and without an answer: what is known, and the code" {
  curl -sS "$url/revoke" --data-urlencode "token=$(jq -r .refresh_token "$credentials")" >/dev/null
  exits 4 gemtune auth status
  prints 'state: DEAD'
  says 'has expired or was revoked'
  GEMTUNE_EMULATOR_HOST=127.0.0.1:1 exits 75 gemtune auth status
  prints 'state: UNKNOWN'
  says 'Connection refused'
  rm "$credentials"
  exits 4 gemtune auth status
  equals '' "$output"
}

@test "revoke asks, tells Google in the body, and leaves nothing behind" {
  token=$(jq -r .refresh_token "$credentials")
  exits 2 gemtune auth revoke </dev/null
  says "The login in [$credentials] will be revoked, and the file removed."
  exits 0 gemtune auth revoke --dry-run --quiet
  [[ -e $credentials ]]
  exits 0 gemtune auth application-default revoke --quiet
  equals '' "$output"
  says "Credentials file removed: [$credentials]"
  [[ ! -e $credentials ]]
  equals lock "$(ls -A "$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*)"
  equals 'POST [] token' "$(journal '.[-1] | "\(.method) \(.query) \(.form[0][0])"')"
  equals invalid_token "$(curl -sS "$url/revoke" --data-urlencode "token=$token" | jq -r .error)"
  exits 3 gemtune auth revoke --quiet
  says 'There is no login to revoke'
}

@test "revoke removes the file of a login that was dead already" {
  curl -sS "$url/revoke" --data-urlencode "token=$(jq -r .refresh_token "$credentials")" >/dev/null
  exits 0 gemtune auth revoke --quiet
  says 'revoked or expired already'
  [[ ! -e $credentials ]]
}

@test "a machine of Google's: the metadata server's token, from the cache the second time" {
  unset GEMTUNE_EMULATOR_HOST
  export GCE_METADATA_HOST=127.0.0.1:1
  exits 75 gemtune auth print-access-token
  says 'Cannot reach'
  folder="$HOME/.cache/gemtune/tokens/${HOME//\//%}%.config%gcloud%application_default_credentials"
  printf '{"access_token":"ya29.m","expires_at":4000000000,"credentials":"metadata:127.0.0.1:1","scopes":"","impersonated_account":""}\n' >"$folder/token"
  exits 0 gemtune auth print-access-token
  equals ya29.m "$output"
  NO_GCE_CHECK=true exits 4 gemtune auth print-access-token
  GCE_METADATA_HOST=127.0.0.1:2 exits 75 gemtune auth print-access-token
  unset GCE_METADATA_HOST
  exits 4 gemtune auth print-access-token
}
