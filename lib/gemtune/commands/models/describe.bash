# Usage: gemtune models describe MODEL
# Summary: Show a base model: its limits, and what can be done with it
#
# Example:
#   gemtune models describe gemini-1.5-flash-001-tuning

parse_arguments MODEL "$@"
use_backend

canonical_name "${operands[0]}" base && [[ $kind == base ]] ||
  usage_error "'${operands[0]}' is not the name of a base model."
backend_get document "$model" || refuse
show yaml 'base_models[0]' name,displayName,inputTokenLimit,outputTokenLimit <<<"$document"
