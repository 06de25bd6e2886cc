load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  credentials=$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json
  client=$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json
  export BROWSER="$root/tests/fake/browser %s"
  [[ -e $credentials ]] || gemtune auth login --client-id-file="$client" 2>/dev/null
}

tokens_bought() {
  journal '[.[] | select(.path == "/token")] | length'
}

@test "login saves gcloud's own file, in its own form, for nobody else's eyes" {
  rm "$credentials"
  exits 0 gemtune auth login --client-id-file="$client"
  says "Credentials saved to file: [$credentials]"
  equals '' "$output"
  equals 'account client_id client_secret refresh_token type universe_domain' "$(jq -r 'keys_unsorted | join(" ")' "$credentials")"
  equals 600 "$(stat -c %a "$credentials")"
}

@test "a line of the tutorials works with gcloud replaced by gemtune" {
  exits 0 gemtune auth application-default login --client-id-file "$client" \
    --scopes='https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/generative-language.tuning'
  exits 0 gemtune auth application-default print-access-token
  prints ya29.
}

@test "two machines: one prints the line, the other runs it, and its output is pasted back" {
  rm "$credentials"
  mkfifo pasted
  exec 9<>pasted
  gemtune auth login --client-id-file="$client" --no-browser <pasted >asked 2>&1 3>&- &
  until line=$(grep -o 'remote-bootstrap="[^"]*"' asked 2>/dev/null); do :; done
  eval "exits 0 gemtune auth login --$line --quiet"
  [[ $output =~ ^https://localhost:[0-9]+/\?state=.*code= ]]
  printf '%s\n' "$output" >&9
  wait $!
  equals authorized_user "$(jq -r .type "$credentials")"
}

@test "where no browser can be used it says why, and offers three ways with one of another machine" {
  unset BROWSER
  SSH_CONNECTION='10.0.0.9 50022 10.0.0.5 22' exits 4 gemtune auth login --client-id-file="$client" </dev/null
  says 'this is an SSH session (SSH_CONNECTION is set)'
  says 'gcloud auth application-default login --remote-bootstrap="'
  says '&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2F&'
  says 'run it again with --port=8085'
}

@test "the client file may come from stdin" {
  rm "$credentials"
  exits 0 gemtune auth login --client-id-file=- <"$client"
  [[ -s $credentials ]]
}

@test "a browser cannot be both here and elsewhere" {
  exits 2 gemtune auth login --client-id-file="$client" --browser --no-browser
  exits 2 gemtune auth login --remote-bootstrap=URL --browser
  exits 2 gemtune auth login --remote-bootstrap=URL --no-browser
  says 'At most one of --browser, --no-browser and --remote-bootstrap'
}

@test "without a client file, or with a broken one, the next step is named" {
  exits 2 gemtune auth login
  says '--client-id-file is missing'
  echo '{"web": {}}' >web.json
  exits 2 gemtune auth login --client-id-file=web.json
  says 'console.cloud.google.com'
  exits 2 gemtune auth login --client-id-file=nowhere.json
  says nowhere.json
}

@test "the client file may be a property, so that the weekly login needs no flag" {
  gemtune config set client_id_file "$client" 2>/dev/null
  exits 0 gemtune auth login
  says 'Credentials saved to file'
}

@test "a client file of the emulator is not used with Google, nor the reverse" {
  GEMTUNE_EMULATOR_HOST='' exits 2 gemtune auth login --client-id-file="$client"
  says 'gemtune emulator env-init'
  sed 's#http://127.0.0.1:[0-9]*/o/oauth2/auth#https://accounts.google.com/o/oauth2/auth#
    s#http://127.0.0.1:[0-9]*/token#https://oauth2.googleapis.com/token#' "$client" >google.json
  exits 2 gemtune auth login --client-id-file=google.json
  says 'gemtune emulator env-unset'
}

@test "print-access-token buys one token and then starts neither Python nor curl" {
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/tokens"
  bought=$(tokens_bought)
  exits 0 gemtune auth print-access-token
  token=$output
  [[ $token =~ ^ya29\.[A-Za-z0-9._-]+$ ]]
  GEMTUNE_PYTHON=/nowhere exits 0 gemtune auth print-access-token
  equals "$token" "$output"
  equals $((bought + 1)) "$(tokens_bought)"
}

@test "another login, a touched file, a token about to end: the cached token is not served" {
  token=$(gemtune auth print-access-token)
  gemtune auth login --client-id-file="$client" 2>/dev/null
  exits 0 gemtune auth print-access-token
  [[ $output != "$token" ]]
  token=$output
  touch -d '1 hour ago' "$credentials"
  exits 0 gemtune auth print-access-token
  [[ $output != "$token" ]]
  token=$output
  cache=("$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*/token)
  sed -i.old 's/"expires_at":[0-9]*/"expires_at":'$(($(date +%s) + 30))/ "${cache[0]}" && touch -r "$credentials" "${cache[0]}"
  exits 0 gemtune auth print-access-token
  [[ $output != "$token" ]]
}

@test "no login and a revoked login: exit 4, nothing on stdout, and the line that logs in" {
  curl -sS "$url/revoke" --data-urlencode "token=$(jq -r .refresh_token "$credentials")" >/dev/null
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/tokens"
  exits 4 gemtune list
  says 'gemtune auth login --client-id-file='
  rm "$credentials"
  exits 4 gemtune auth print-access-token
  says 'gemtune auth login --client-id-file='
  equals '' "$output"
}
