#!/usr/bin/env bash
# Change the description of the tuned model. Needs: . env.sh, and tunemodel.json of create.sh
# Usage: update.sh DESCRIPTION [MODEL]
set -euo pipefail
modelname=${2:-$(jq -r .metadata.tunedModel tunemodel.json)}

# updateMask names what changes; any other member of the body is not looked at
jq -n --arg description "$1" '{$description}' |
  curl --fail-with-body -sS -X PATCH "$base_url/v1beta/$modelname?updateMask=description" \
    -H 'Content-Type: application/json' \
    -H @<(echo "Authorization: Bearer $access_token") \
    -H "x-goog-user-project: $project_id" \
    -d @- |
  jq -r '.name, .description'
