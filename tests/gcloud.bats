# gemtune and the real gcloud, in each other's place.
load helper
setup_file() {
  command -v gcloud >/dev/null || return 0
  start_emulator
}
teardown_file() { ! command -v gcloud >/dev/null || stop_emulator; }
setup() {
  command -v gcloud >/dev/null || skip 'gcloud is not installed'
  use_emulator
  client=$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json
  ours=$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json
  scopes=https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/generative-language.tuning
  # gcloud waits for its browser to return, so ours must not wait for gcloud
  printf '%s\n' '#!/usr/bin/env bash' "\"$root/tests/fake/browser\" \"\$1\" >/dev/null 2>&1 &" >browser && chmod +x browser
  export CLOUDSDK_CONFIG=$HOME/gcloud DISPLAY=:99 BROWSER="$HOME/browser %s" OAUTHLIB_INSECURE_TRANSPORT=1 \
    CLOUDSDK_AUTH_TOKEN_HOST=$url/token CLOUDSDK_CORE_CHECK_GCE_METADATA=false \
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=true CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=true \
    CLOUDSDK_SURVEY_DISABLE_PROMPTS=true
  theirs=$CLOUDSDK_CONFIG/application_default_credentials.json
  mkdir -p "$CLOUDSDK_CONFIG"
  mkfifo pasted
  exec 9<>pasted
}

bootstrap_url() { # FILE  waits for the line in what machine A says
  until REPLY=$(grep -o 'remote-bootstrap="[^"]*"' "$1" 2>/dev/null); do :; done
  REPLY=${REPLY#*\"} REPLY=${REPLY%\"}
}

parameters() { # URL  the names, in order
  tr '?&' '\n' <<<"$1" | sed -n 's/=.*//p' | tr '\n' ' '
}

@test "gemtune on the machine without a browser, gcloud on the one with it" {
  rm -f "$ours"
  gemtune auth login --client-id-file="$client" --no-browser <pasted >said 2>&1 3>&- &
  bootstrap_url said
  yes | gcloud auth application-default login --remote-bootstrap="$REPLY" 2>&1 >/dev/null | cat >&9
  wait $!
  equals authorized_user "$(jq -r .type "$ours")"
}

@test "gcloud on the machine without a browser, gemtune on the one with it; both print the same line" {
  gcloud auth application-default login --client-id-file="$client" --scopes="$scopes" --no-browser <pasted >said 2>&1 3>&- &
  bootstrap_url said
  theirs_line=$REPLY
  gemtune auth login --remote-bootstrap="$REPLY" --quiet 2>/dev/null >&9
  wait $!
  equals authorized_user "$(jq -r .type "$theirs")"
  gemtune auth login --client-id-file="$client" --no-browser </dev/null >ours-said 2>&1 || true
  bootstrap_url ours-said
  equals "$(parameters "$theirs_line")" "$(parameters "$REPLY")"
  [[ $REPLY == *'&token_usage=remote' && $REPLY != *redirect_uri* ]]
}

@test "a login of either is the other's: the same file to the byte, but for the refresh token" {
  gcloud auth application-default login --client-id-file="$client" --scopes="$scopes" 2>/dev/null
  gemtune auth application-default login --client-id-file "$client" --scopes "$scopes" 2>/dev/null
  masked() { sed 's/"refresh_token": ".*"/"refresh_token": ""/' "$1" && echo end; }
  equals "$(masked "$theirs")" "$(masked "$ours")"
  equals "$(stat -c %a "$theirs")" "$(stat -c %a "$ours")"
  cp "$theirs" swap && cp "$ours" "$theirs" && cp swap "$ours"
  exits 0 gcloud auth application-default print-access-token
  prints ya29.
  exits 0 gemtune auth application-default print-access-token
  prints ya29.
}

@test "gcloud takes the account that the ID token names" {
  exits 0 gcloud auth application-default login you@example.com --client-id-file="$client"
  equals you@example.com "$(jq -r .account "$theirs")"
}

@test "google.auth.default() finds a login of gemtune's, and it buys tokens" {
  gemtune auth login --client-id-file="$client" 2>/dev/null
  cp "$ours" "$theirs"
  exits 0 "$GEMTUNE_PYTHON" -c "
import google.auth, google.auth.transport.requests
credentials, _ = google.auth.default()
credentials = credentials.with_token_uri('$url/token')
credentials.refresh(google.auth.transport.requests.Request())
print(credentials.token)"
  prints ya29.
}

@test "each auth line of the tutorials works with gemtune in place of gcloud" {
  cp "$client" client_secret.json
  lines=(
    "gcloud auth application-default login --client-id-file=client_secret.json --scopes='$scopes'"
    "gcloud auth application-default login --client-id-file client_secret.json --scopes='$scopes'"
    "gcloud auth application-default login --client-id-file=client_secret.json --scopes=\"$scopes\""
    "gcloud auth application-default login --client-id-file=client_secret.json --scopes=$scopes"
    "gcloud auth application-default print-access-token"
  )
  for line in "${lines[@]}"; do
    eval "exits 0 gemtune ${line#gcloud }"
  done
  prints ya29.
}
