# Usage: gemtune models describe MODEL
# Summary: Show a base model: its limits, and what can be done with it
#
# Example:
#   gemtune models describe gemini-1.5-flash-001-tuning

parse_arguments MODEL "$@"
use_backend

backend_model "models/${operands[0]#models/}"
request GET "$REPLY"
show yaml resource name,displayName,inputTokenLimit,outputTokenLimit <<<"$REPLY"
