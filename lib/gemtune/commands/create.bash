# Usage: gemtune create --base-model=MODEL --training-data=FILE [FLAG...]
#        gemtune create --body=FILE [FLAG...]
# Summary: Create a tuned model from a file of examples
#
# Prints the operation that tunes; `gemtune poll` follows it. The name is chosen and noted before
# anything is sent, so a lost answer never makes a second model.
#
#   --base-model=MODEL     what to tune: one of `gemtune models list --tunable`, or tunedModels/ID
#   --training-data=FILE   the examples: whatever `gemtune dataset check` takes
#   --input-key=KEY        the column of the input (default: as in `gemtune dataset check`)
#   --output-key=KEY       the column of the output
#   --body=FILE            a whole request as in the tutorials, repaired where needed; - is stdin.
#                          Flags win over what it says
#   --display-name=NAME    at most 40 characters (default: the name of the file)
#   --description=TEXT     what it is for
#   --id=ID                the id in tunedModels/ID (default: made from the display name)
#   --epoch-count=N        how often each example is seen (default: the service's)
#   --batch-size=N         examples in one step (default: the service's)
#   --learning-rate=RATE   for example 0.001 (default: the service's)
#   --learning-rate-multiplier=RATE   in its place: so many times the service's default
#   --temperature=NUMBER   of its answers, as --top-p and --top-k (default: the base model's)
#   --top-p=NUMBER         the likeliest words that together have this probability
#   --top-k=N              this many of the likeliest words
#   --output-file=FILE     keep the operation there, as the tutorials' tunemodel.json
#   --wait                 go on as `gemtune poll`, and print the tuned model in place of the operation
#   --interval=SECONDS     with --wait: how often to look (default: 5)
#   --timeout=SECONDS      with --wait: how long to look in all (default: as long as it takes)
#
# Example:
#   gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv \
#     --display-name='number generator' --batch-size=2 --learning-rate=0.001 --epoch-count=5

parse_arguments '' "$@"
use_backend
check_create_flags
examples=$(read_examples "$body" "$training_data" "$input_key" "$output_key")
tuned_model=$(transform --arg base_model "$base_model" --arg display_name "$display_name" \
  --arg default_name "$default_name" --arg description "$description" --arg temperature "$temperature" \
  --arg top_p "$top_p" --arg top_k "$top_k" --arg epoch_count "$epoch_count" --arg batch_size "$batch_size" \
  --arg learning_rate "$learning_rate" --arg learning_rate_multiplier "$learning_rate_multiplier" \
  -- create_request <<<"$examples")
check_create_request "$tuned_model"
[[ $dry_run == true ]] || expect_tunable "$base_model"
create_tuned_model "$id" "$tuned_model"
operation=$REPLY
[[ -z $output_file ]] || replace_file "$output_file" "$operation"
if [[ -z $wait ]]; then
  show json resource name,metadata.tunedModel,metadata.totalSteps <<<"$operation"
  note "Follow it with: gemtune poll"
else
  find_operation "$(transform -- operation_name <<<"$operation")"
  follow "$REPLY" "${interval:-5}" "$timeout"
  show value tuned_model name,state <<<"$REPLY"
fi
