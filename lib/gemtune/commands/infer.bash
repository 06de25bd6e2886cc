# Usage: gemtune infer MODEL [PROMPT]
# Summary: Ask a tuned model, and print its answer
#
# Without PROMPT, or with -, the prompt is read from stdin. --format=json prints the whole reply.
#
# Examples:
#   gemtune infer number-generator-1a2b3c 'twenty two'
#   echo 六 | gemtune infer tunedModels/number-generator-1a2b3c

parse_arguments 'MODEL [PROMPT]' "$@"
use_backend
prompt=${operands[1]:--}
[[ $prompt != - ]] || prompt=$(cat)
[[ -n $prompt ]] || usage_error "PROMPT is empty."

body=$(printf %s "$prompt" | transform --raw-input -- generate_request)
backend_model "${operands[0]}"
request POST "$REPLY:generateContent" "$body"
reply=$REPLY
if [[ -n $format_kind ]]; then
  show json resource 'candidates.0.content.parts.0.text' <<<"$reply"
else
  answer=$(transform -- 'answer | visible' <<<"$reply")
  [[ -n $answer ]] || die 1 "The model gave no text: $(transform -- why_no_answer <<<"$reply")." "See the whole reply: --format=json"
  printf '%s\n' "$answer"
fi
