#!/usr/bin/env bash
# Delete tuned models, without asking; one that fails does not keep the others. Needs: . env.sh
# Usage: delete.sh MODEL...   such as tunedModels/number-generator-1a2b3c
#        delete.sh --all      every model that is yours, 1000 at a time
set -euo pipefail
failed=0

if [ "${1:?Usage: delete.sh MODEL... or delete.sh --all}" = --all ]; then
  curl --fail-with-body -sS "$base_url/v1beta/tunedModels?pageSize=1000&filter=owner%3Ame" \
    -H @<(echo "Authorization: Bearer $access_token") \
    -H "x-goog-user-project: $project_id" >models.json
  # the names hold no blanks
  # shellcheck disable=SC2046
  set -- $(jq -r '.tunedModels[]?.name' models.json)
fi

for modelname in "$@"; do
  if curl --fail-with-body -sS -X DELETE "$base_url/v1beta/$modelname" \
    -H @<(echo "Authorization: Bearer $access_token") \
    -H "x-goog-user-project: $project_id" -o answer.json; then
    echo "Deleted $modelname"
  else
    jq -r .error.message answer.json >&2
    failed=$((failed + 1))
  fi
done

echo "$failed of $# failed" >&2
[ "$failed" = 0 ]
