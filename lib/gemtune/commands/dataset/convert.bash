# Usage: gemtune dataset convert FILE --to=jsonl|gemini|vertex [--output=FILE] [--input-key=KEY] [--output-key=KEY]
# Summary: Write examples in the form that a service takes
#
# FILE is whatever `gemtune dataset check` takes. With a row that Google would refuse nothing is written:
# each is listed on stderr, and the exit code is 9.
#
#   --to=jsonl|gemini|vertex   jsonl: lines of text_input and output; gemini: the training_data of a
#                      request to the Gemini API, one JSON document; vertex: lines of contents
#   --output=FILE      where it goes, all of it or nothing (default: stdout)
#   --input-key=KEY    the column of the input (default: as in `gemtune dataset check`)
#   --output-key=KEY   the column of the output
#
# Examples:
#   gemtune dataset convert numbers.csv --to=vertex --output=numbers.jsonl
#   gemtune dataset convert 'https://docs.google.com/spreadsheets/d/ID/edit#gid=0' --to=jsonl

parse_arguments FILE "$@"
[[ -n $flag_to ]] || usage_error "--to is missing."

[[ $dry_run == false ]] || { note "Nothing is sent here, and with --dry-run nothing is written." && exit; }
py dataset convert --to="$flag_to" --output="${flag_output:--}" ${flag_input_key:+"--input-key=$flag_input_key"} \
  ${flag_output_key:+"--output-key=$flag_output_key"} -- "${operands[0]}"
