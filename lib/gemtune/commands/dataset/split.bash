# Usage: gemtune dataset split FILE [--test-fraction=FRACTION] [--seed=SEED] [--training-data=FILE]
#            [--test-data=FILE] [--input-key=KEY] [--output-key=KEY]
# Summary: Split examples into a training and a test set
#
# Writes two files of JSON Lines, both or none of them. The same seed gives the same split, wherever the
# rows stand; examples with the same input go to the same side, so nothing of the test is trained on.
#
#   --test-fraction=FRACTION   how much of the inputs the test gets (default: 0.2)
#   --seed=SEED                any text; another one gives another split (default: 0)
#   --training-data=FILE       where the one goes (default: beside FILE, as NAME.train.jsonl)
#   --test-data=FILE           where the other goes (default: beside FILE, as NAME.test.jsonl)
#   --input-key=KEY            the column of the input (default: as in `gemtune dataset check`)
#   --output-key=KEY           the column of the output
#
# Example:
#   gemtune dataset split numbers.csv --test-fraction=0.1

parse_arguments FILE "$@"

[[ $dry_run == false ]] || { note "Nothing is sent here, and with --dry-run nothing is written." && exit; }
py dataset split --test-fraction="${flag_test_fraction:-0.2}" --seed="${flag_seed:-0}" \
  ${flag_training_data:+"--training-data=$flag_training_data"} ${flag_test_data:+"--test-data=$flag_test_data"} \
  ${flag_input_key:+"--input-key=$flag_input_key"} ${flag_output_key:+"--output-key=$flag_output_key"} \
  -- "${operands[0]}"
