# Usage: gemtune create --base-model=MODEL --training-data=FILE [--display-name=NAME] [--id=ID]
#                       [--epoch-count=N] [--batch-size=N] [--learning-rate=RATE]
# Summary: Create a tuned model from a file of examples
#
# Prints the operation that tunes; `gemtune poll` follows it. The name is chosen and noted before
# anything is sent, so a lost answer never makes a second model.
#
#   --base-model=MODEL     what to tune: one of `gemtune models list --tunable`
#   --training-data=FILE   CSV with the columns text_input and output, JSON, or JSON Lines; - is CSV on stdin
#   --display-name=NAME    at most 40 characters (default: the name of the file)
#   --id=ID                the id in tunedModels/ID (default: made from the display name)
#   --epoch-count=N        how often each example is seen (default: the service's)
#   --batch-size=N         examples in one step (default: the service's)
#   --learning-rate=RATE   for example 0.001 (default: the service's)
#
# Example:
#   gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv \
#     --display-name='number generator' --batch-size=2 --learning-rate=0.001 --epoch-count=5

parse_arguments '' "$@"
use_backend
[[ -n $base_model ]] || usage_error "--base-model is missing."
[[ -n $training_data ]] || usage_error "--training-data is missing."
[[ $base_model == */* ]] || base_model=models/$base_model
[[ -n $display_name ]] || { display_name=${training_data##*/} && display_name=${display_name%.*}; }
((${#display_name} <= 40)) || usage_error "Invalid value for [--display-name]: more than 40 characters."
[[ -n $id ]] || { make_id "$display_name" && id=$REPLY; }
[[ $id =~ ^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$ ]] ||
  usage_error "Invalid value for [--id]: '$id' is not at most 40 of a-z, 0-9 and -, starting with a letter."

examples=$(py dataset examples "$training_data")
body=$(transform --arg display_name "$display_name" \
  --arg base_model "$base_model" --arg batch_size "$batch_size" --arg learning_rate "$learning_rate" \
  --arg epoch_count "$epoch_count" -- create_request <<<"$examples")
create_tuned_model "$id" "$body"
show json resource name,metadata.tunedModel,metadata.totalSteps <<<"$REPLY"
note "Follow it with: gemtune poll"
