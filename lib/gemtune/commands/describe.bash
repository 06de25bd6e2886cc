# Usage: gemtune describe MODEL
# Summary: Show a tuned model: its state, hyperparameters and snapshots
#
# MODEL is tunedModels/x, x, the name of the operation that tunes it, or its display name, here and in
# every other command.
#
# Examples:
#   gemtune describe number-generator-1a2b3c
#   gemtune describe 'number generator' --format='value(name,state)'

parse_arguments MODEL "$@"
use_backend

on_model document backend_get "${operands[0]}"
show yaml 'models[0]' name,displayName,baseModel,state,createTime <<<"$document"
