#!/usr/bin/env bash
# Ask the tuned model. Needs: . env.sh, and tunemodel.json of create.sh
# Usage: infer.sh [PROMPT [MODEL]]
set -euo pipefail
prompt=${1:-twenty two}
modelname=${2:-$(jq -r .metadata.tunedModel tunemodel.json)}

jq -n --arg prompt "$prompt" '{contents: [{parts: [{text: $prompt}]}]}' |
  curl --fail-with-body -sS "$base_url/v1beta/$modelname:generateContent" \
    -H 'Content-Type: application/json' \
    -H @<(echo "Authorization: Bearer $access_token") \
    -H "x-goog-user-project: $project_id" \
    -d @- |
  jq -r '.candidates[0].content.parts[0].text'
