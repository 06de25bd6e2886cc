load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  data=$HOME/data
}

start() { # [FLAG...]  in the background; sets url when it listens
  mkfifo first-line
  gemtune emulator start --data-dir="$data" --host-port=127.0.0.1:0 "$@" >first-line 3>&- &
  read -r url <first-line
}

@test "its first line is its URL, once it listens" {
  start
  [[ $url =~ ^http://127\.0\.0\.1:[0-9]+$ ]]
  curl -sS -o /dev/null "$url/"
  exits 0 gemtune emulator stop --data-dir="$data"
  wait
}

@test "env-init exports where it is, env-unset takes all of that back" {
  data="$HOME/my data"
  start
  eval "$(gemtune emulator env-init --data-dir="$data")"
  equals "${url#http://}" "$GEMTUNE_EMULATOR_HOST"
  equals "$data" "$GEMTUNE_EMULATOR_DATA_DIR"
  exits 0 gemtune emulator stop
  eval "$(gemtune emulator env-unset)"
  equals '' "${GEMTUNE_EMULATOR_HOST-}${GEMTUNE_EMULATOR_DATA_DIR-}${GEMTUNE_PROJECT-}"
  wait
}

@test "env-init prints the names that it is for, and no more, in a form that eval cannot mistake" {
  start
  mkdir -m 700 copy
  {
    printf 'GEMTUNE_EMULATOR_HOST: %s\n' "${url#http://}"
    printf '%s\n' 'GEMTUNE_PROJECT: $(touch ran); touch ran' 'PATH: /evil' 'x;touch ran: 1' 'touch ran' \
      'GEMTUNE_EMULATOR_DATA_DIR; touch ran: 1' '$(touch ran): 1'
  } >copy/env.yaml
  exits 0 gemtune emulator env-init --data-dir=copy
  eval "$output"
  [[ ! -e ran && $PATH != /evil ]]
  # shellcheck disable=SC2016 # as it is
  equals '$(touch ran); touch ran' "$GEMTUNE_PROJECT"
  equals 2 "$(wc -l <<<"$output" | tr -d ' ')"
  unset GEMTUNE_EMULATOR_HOST
  printf 'GEMTUNE_EMULATOR_HOST: example.com:80\n' >copy/env.yaml
  exits 3 gemtune emulator env-init --data-dir=copy
  gemtune emulator stop --data-dir="$data"
  wait
}

@test "a data directory of somebody else is not believed, and neither is a file in one's own" {
  ((EUID == 0)) || skip 'only root can make one'
  start
  eval "$(gemtune emulator env-init --data-dir="$data")"
  chown 65534 "$data/env.yaml"
  exits 5 gemtune emulator env-init --data-dir="$data"
  says "$data/env.yaml belongs to somebody else, so nothing in it is believed."
  equals '' "$output"
  chown 65534 "$data"
  for words in "emulator env-init --data-dir=$data" "emulator stop --data-dir=$data" "auth print-access-token" \
    "auth login --client-id-file=$data/client_secret.json" "emulator start --data-dir=$data"; do
    # shellcheck disable=SC2086 # several words
    exits 5 gemtune $words
    says 'belongs to somebody else'
  done
  chown 0 "$data"
  gemtune emulator stop --data-dir="$data"
  wait
}

@test "after stop nothing runs, and both verbs say so with exit 3" {
  start
  gemtune emulator stop --data-dir="$data"
  wait
  exits 3 gemtune emulator stop --data-dir="$data"
  says 'o emulator is running'
  exits 3 gemtune emulator env-init --data-dir="$data"
  says 'No emulator is running'
}

@test "what one that was killed has left behind deceives nobody" {
  start
  kill -KILL $!
  wait $! || true
  [[ -e $data/env.yaml ]]
  exits 3 gemtune emulator stop --data-dir="$data"
  exits 3 gemtune emulator env-init --data-dir="$data"
  says 'No emulator is running'
}

@test "its files are for nobody else's eyes, and its client file is Google's shape" {
  umask 000
  start
  equals 700 "$(stat -c %a "$data")"
  equals 600 "$(stat -c %a "$data/client_secret.json")"
  equals 'auth_provider_x509_cert_url auth_uri client_id client_secret project_id redirect_uris token_uri' \
    "$(jq -r '.installed | keys | join(" ")' "$data/client_secret.json")"
  gemtune emulator stop --data-dir="$data"
  wait
}

@test "a port in use, a host that others could reach, a bad address: one line and the next step" {
  start
  exits 1 gemtune emulator start --data-dir=other --host-port="${url#http://}"
  says "${url##*:}"
  exits 2 gemtune emulator start --data-dir=other --host-port=0.0.0.0:0
  exits 2 gemtune emulator start --data-dir=other --host-port=nonsense
  says '127.0.0.1:0'
  gemtune emulator stop --data-dir="$data"
  wait
}

@test "a signal to the command ends it" {
  start
  kill -TERM $!
  wait $! || true
  fails curl -s -o /dev/null "$url/"
  [[ ! -e $data/env.yaml ]]
}

@test "--auth says what callers may show" {
  start --auth=oauth
  equals 401 "$(curl -s -o /dev/null -w '%{http_code}' -H "x-goog-api-key: $(<"$data/api_key")" "$url/v1beta/tunedModels")"
  gemtune emulator stop --data-dir="$data"
  wait
}

@test "--allow-remote opens it to other machines, and says what that means" {
  exits 2 gemtune emulator start --data-dir=other --host-port=0.0.0.0:0
  says '--allow-remote'
  mkfifo first-line
  gemtune emulator start --data-dir="$data" --host-port=0.0.0.0:0 --allow-remote >first-line 2>warning 3>&- &
  read -r url <first-line
  curl -sS --noproxy '*' -o /dev/null "$url/"
  eval "$(gemtune emulator env-init --data-dir="$data")"
  [[ $GEMTUNE_EMULATOR_HOST == 127.0.0.1:* ]]
  exits 0 gemtune emulator stop
  wait
  grep -q 'without TLS' warning
}

@test "without it a page of a strange name is not answered" {
  start
  equals 403 "$(curl -s -o /dev/null -w '%{http_code}' -H 'Host: evil.example' "$url/_emulator/requests")"
  gemtune emulator stop --data-dir="$data"
  wait
}
