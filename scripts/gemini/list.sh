#!/usr/bin/env bash
# List your tuned models. Needs: . env.sh
set -euo pipefail

curl --fail-with-body -sS "$base_url/v1beta/tunedModels?pageSize=1000" \
  -H @<(echo "Authorization: Bearer $access_token") \
  -H "x-goog-user-project: $project_id" |
  jq -r '.tunedModels[]? | [.name, .displayName, .state] | @tsv'
