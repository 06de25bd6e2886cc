# A company's network: a proxy that looks into TLS with a private CA, between gemtune and Google's own addresses. curl and
# Python must see the same of it.
load helper

setup_file() {
  start_emulator
  start_proxy "$BATS_FILE_TMPDIR/open" && export through=$port
  start_proxy "$BATS_FILE_TMPDIR/closed" 407 && export closed=$port
}

start_proxy() { # FOLDER [STATUS]  sets port
  mkdir "$1" && mkfifo "$1/port"
  "$GEMTUNE_PYTHON" "$root/tests/tls_proxy.py" "$1" "${url##*:}" "${@:2}" >"$1/port" 3>&- &
  echo "$!" >"$1/pid"
  read -r port <"$1/port"
}

teardown_file() {
  kill "$(<"$BATS_FILE_TMPDIR/open/pid")" "$(<"$BATS_FILE_TMPDIR/closed/pid")"
  stop_emulator
}

setup() { # no emulator is set: Google's addresses, which the proxy leads to it
  local data
  use_emulator
  data=$GEMTUNE_EMULATOR_DATA_DIR
  unset GEMTUNE_EMULATOR_HOST GEMTUNE_EMULATOR_DATA_DIR
  cp "$data/application_default_credentials.json" login.json
  cp "$BATS_FILE_TMPDIR/open/ca.pem" ca.pem
  rm -f "$BATS_FILE_TMPDIR"/*/connects
  export GOOGLE_APPLICATION_CREDENTIALS=$HOME/login.json GEMTUNE_PROJECT=p HTTPS_PROXY=http://127.0.0.1:$through
}

connects() { sort -u "$BATS_FILE_TMPDIR/open/connects"; }

@test "whoever names the certificates, curl and Python trust them" {
  for way in CURL_CA_BUNDLE REQUESTS_CA_BUNDLE SSL_CERT_FILE CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE; do
    rm -rf .cache
    exits 0 env "$way=ca.pem" gemtune list
  done
  rm -rf .cache
  exits 0 gemtune list --ca-file=ca.pem
  rm -rf .cache
  REQUESTS_CA_BUNDLE=/nowhere CURL_CA_BUNDLE=/nowhere SSL_CERT_FILE=/nowhere exits 0 gemtune list --ca-file=ca.pem
  rm -rf .cache
  gemtune config set ca_file ca.pem
  exits 0 gemtune list
  equals "generativelanguage.googleapis.com:443 gemtune
oauth2.googleapis.com:443 -" "$(connects)"
}

@test "gcloud's property names them as well" {
  mkdir -p .config/gcloud/configurations
  printf '[core]\ncustom_ca_certs_file = %s\n' "$PWD/ca.pem" >.config/gcloud/configurations/config_default
  exits 0 gemtune list
}

@test "what nothing vouches for is not trusted, and both say what to do" {
  exits 1 gemtune list
  says 'oauth2.googleapis.com'
  says 'gemtune config set ca_file FILE'
  gemtune auth print-access-token --ca-file=ca.pem >/dev/null
  exits 1 gemtune list
  says 'https://generativelanguage.googleapis.com did not answer: SSL certificate '
  says 'gemtune config set ca_file FILE'
}

@test "a file of certificates that is not there is named, with who names it" {
  exits 2 gemtune list --ca-file=nowhere.pem
  says "There is no file 'nowhere.pem' that you can read (--ca-file)."
  CURL_CA_BUNDLE=/nowhere exits 2 gemtune auth print-access-token
  says "There is no file '/nowhere' that you can read (CURL_CA_BUNDLE)."
}

@test "a proxy is taken without a scheme, in small letters, and for every scheme" {
  unset HTTPS_PROXY
  for way in HTTPS_PROXY https_proxy ALL_PROXY all_proxy; do
    rm -rf .cache "$BATS_FILE_TMPDIR/open/connects"
    exits 0 env "$way=127.0.0.1:$through" gemtune list --ca-file=ca.pem
    equals 2 "$(connects | wc -l | tr -d ' ')"
  done
}

@test "NO_PROXY goes round it, in gcloud's and in the browsers' way of writing" {
  for hosts in '*.googleapis.com' .googleapis.com 'a.example, generativelanguage.googleapis.com'; do
    gemtune auth print-access-token --ca-file=ca.pem >/dev/null
    rm -f "$BATS_FILE_TMPDIR/open/connects"
    NO_PROXY=$hosts exits 75 gemtune list --ca-file=ca.pem
    [[ ! -e $BATS_FILE_TMPDIR/open/connects ]]
  done
}

@test "a proxy that wants a password is no trouble that passes" {
  gemtune auth print-access-token --ca-file=ca.pem >/dev/null
  export HTTPS_PROXY=127.0.0.1:$closed
  exits 1 gemtune list --ca-file=ca.pem
  says '407'
  says 'export HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT'
  [[ ! -e slept ]]
  rm -r .cache
  exits 1 gemtune list --ca-file=ca.pem
  says 'export HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT'
}

@test "doctor sees the same, of curl and of Python" {
  exits 1 gemtune doctor
  prints 'error    connection '
  prints 'gemtune config set ca_file FILE'
  exits 0 gemtune doctor --ca-file=ca.pem
  prints 'ok       connection-python https://oauth2.googleapis.com/token answers Python'
  prints "ok       ca-file           curl and Python trust $PWD/ca.pem (--ca-file)"
  prints 'ok       api '
}
