# Usage: gemtune models describe MODEL
# Summary: Show a base model: its limits, and what can be done with it
#
# Example:
#   gemtune models describe gemini-1.5-flash-001-tuning

parse_arguments MODEL "$@"
use_backend

name=models/${operands[0]#models/}
backend_has_name "$name" || usage_error "'${operands[0]}' is not the name of a base model."
backend_model "$name"
request GET "$REPLY"
show yaml resource name,displayName,inputTokenLimit,outputTokenLimit <<<"$REPLY"
