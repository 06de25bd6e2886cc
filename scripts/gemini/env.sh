# shellcheck shell=bash
# Set access_token, project_id and base_url for the other recipes. In bash or zsh:  . scripts/gemini/env.sh
#
# Log in first: gemtune auth login, or gcloud auth application-default login, both with
#   --client-id-file=client_secret.json
#   --scopes=https://www.googleapis.com/auth/cloud-platform,https://www.googleapis.com/auth/generative-language.tuning
# and name the project that pays: export project_id=PROJECT_ID

if [ -n "${GEMTUNE_EMULATOR_HOST:-}" ]; then # gemtune emulator env-init has set these
  base_url=http://$GEMTUNE_EMULATOR_HOST token_uri=http://$GEMTUNE_EMULATOR_HOST/token
  credentials=$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json
else
  base_url=https://generativelanguage.googleapis.com token_uri=https://oauth2.googleapis.com/token
  credentials=${CLOUDSDK_CONFIG:-$HOME/.config/gcloud}/application_default_credentials.json
fi

# The refresh token buys an access token for an hour; neither is ever an argument that `ps` could show.
access_token=$(curl -sS "$token_uri" -d @<(jq -j '
    {grant_type: "refresh_token", client_id, client_secret, refresh_token}
    | to_entries | map("\(.key)=\(.value | @uri)") | join("&")' "$credentials") |
  jq -r '.access_token // empty')
project_id=${project_id:-${GEMTUNE_PROJECT:-${GOOGLE_CLOUD_PROJECT:-}}}

export access_token project_id base_url
[ -n "$access_token" ] || echo "env.sh: no access token: log in as the first lines of this file say" >&2
[ -n "$project_id" ] || echo "env.sh: no project: export project_id=PROJECT_ID" >&2
