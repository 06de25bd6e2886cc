#!/usr/bin/env bash
# Look at the tuning every 5 seconds until it is done. Needs: . env.sh, and tunemodel.json of create.sh
# Usage: poll.sh [OPERATION]
set -euo pipefail
operation=${1:-$(jq -r .name tunemodel.json)}

while :; do
  curl --fail-with-body -sS "$base_url/v1/$operation" \
    -H @<(echo "Authorization: Bearer $access_token") \
    -H "x-goog-user-project: $project_id" >operation.json
  jq -r '.metadata | "\(.completedPercent // 0)%  mean loss \(.snapshots[-1]?.meanLoss // "-")"' operation.json
  [ "$(jq .done operation.json)" != true ] || break
  sleep 5
done
jq -e '.error | not' operation.json >/dev/null || { jq .error operation.json >&2 && exit 7; }
