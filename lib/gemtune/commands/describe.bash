# Usage: gemtune describe MODEL
# Summary: Show a tuned model: its state, hyperparameters and snapshots
#
# Examples:
#   gemtune describe number-generator-1a2b3c
#   gemtune describe tunedModels/number-generator-1a2b3c --format='value(state)'

parse_arguments MODEL "$@"
use_backend

backend_model "${operands[0]}"
request GET "$REPLY"
show yaml resource name,displayName,baseModel,state,createTime <<<"$REPLY"
