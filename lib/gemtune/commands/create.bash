# Usage: gemtune create --base-model=MODEL --training-data=FILE [FLAG...]
#        gemtune create --body=FILE [FLAG...]
# Summary: Create a tuned model from a file of examples
#
# Prints the operation that tunes; `gemtune poll` follows it. The name is chosen and noted before
# anything is sent, so a lost answer never makes a second model. The same create with --id again is
# "already so" (exit code 3); with other data or settings that id is refused.
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
make_folder
read_examples "$flag_body" "$flag_training_data" "$flag_input_key" "$flag_output_key" >"$folder/data"
flag_arguments base-model display-name description temperature top-p top-k epoch-count batch-size \
  learning-rate learning-rate-multiplier
id=$flag_id pace=("${flag_interval:-5}" "$flag_timeout")
write_create_body "$folder/data" "$folder/body"
[[ $dry_run == true ]] || backend_expect_tunable "$base_model"
start_tuning "$folder/body" "$folder/data" "$id" "$backend_started_keys"
[[ -z $flag_output_file ]] || replace_file "$flag_output_file" "$document"
if [[ -n $flag_wait ]]; then
  follow_started
else
  print_started
  note "Follow it with: gemtune poll"
fi
