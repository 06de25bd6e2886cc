#!/usr/bin/env bash
# List the base models that can be tuned. Needs: . env.sh
set -euo pipefail

curl --fail-with-body -sS "$base_url/v1beta/models?pageSize=1000" \
  -H @<(echo "Authorization: Bearer $access_token") \
  -H "x-goog-user-project: $project_id" |
  jq -r '.models[]? | select(.supportedGenerationMethods | index("createTunedModel")) | .name'
