#!/usr/bin/env bash
# Ask the tuned model what the answers are known to, and count how many it has right.
# Needs: . env.sh, and tunemodel.json of create.sh
# Usage: evaluate.sh [TEST_CASES.jsonl [MODEL]]. A line for each: {"text_input": "55", "output": "56"}
set -euo pipefail
modelname=${2:-$(jq -r .metadata.tunedModel tunemodel.json)}

if [ -n "${1:-}" ]; then cat "$1"; else
  jq -c '.[]' <<'END'
    [{"text_input": "55", "output": "56"}, {"text_input": "123455", "output": "123456"},
    {"text_input": "four", "output": "five"}, {"text_input": "quatre", "output": "cinq"},
    {"text_input": "III", "output": "IV"}, {"text_input": "七", "output": "八"}]
END
fi | while IFS= read -r test_case; do
  jq '{contents: [{parts: [{text: .text_input}]}]}' <<<"$test_case" |
    curl --fail-with-body -sS "$base_url/v1beta/$modelname:generateContent" \
      -H 'Content-Type: application/json' \
      -H @<(echo "Authorization: Bearer $access_token") \
      -H "x-goog-user-project: $project_id" \
      -d @- |
    jq -r --argjson case "$test_case" '
      (.candidates[0].content.parts[0].text // "") as $output
      | "Input: \($case.text_input), Output: \($output), Expected: \($case.output), Match: \($output == $case.output)"'
done | tee evaluation.txt

echo "$(grep -c 'Match: true$' evaluation.txt || true) of $(wc -l <evaluation.txt) right" >&2
