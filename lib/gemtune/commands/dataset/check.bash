# Usage: gemtune dataset check FILE [--test-data=FILE] [--input-key=KEY] [--output-key=KEY] [--strict]
# Summary: Check a file of examples before anything is sent
#
# FILE is CSV, TSV, JSON or JSON Lines, in UTF-8 or UTF-16: a path, - for stdin, a URL, or the link of a
# Google Sheet that is open to everybody. Its rows have an input and an output, or are turns of a chat
# (contents as in Vertex AI, messages as in OpenAI's API). Every row that Google would refuse is listed,
# as FILE:LINE:COLUMN, then what stands twice (blanks at the ends of a text do not count), then the lengths.
# An input may have 40,000 characters and an output 5,000; Google advises 20 examples at least, and 100 to
# 500. Exits 9 when a row is refused.
#
#   --test-data=FILE   examples kept for a test: check them too, and that none of them is trained on
#   --input-key=KEY    the column of the input (default: text_input, or else input, prompt, question,
#                      instruction, query or source)
#   --output-key=KEY   the column of the output (default: output, or else completion, response, answer,
#                      target or label)
#   --strict           exit 9 for duplicates, contradictions and leaks as well
#
# Examples:
#   gemtune dataset check numbers.csv
#   gemtune dataset check numbers.train.jsonl --test-data=numbers.test.jsonl --strict
#   gemtune dataset check numbers.csv --format='value(examples,inputCharacters.max)'

parse_arguments FILE "$@"

check() { # [FLAG...]
  py dataset check ${flag_input_key:+"--input-key=$flag_input_key"} \
    ${flag_output_key:+"--output-key=$flag_output_key"} \
    ${flag_test_data:+"--test-data=$flag_test_data"} ${flag_strict:+--strict} "$@" -- "${operands[0]}"
}

code=0
if [[ -z $format_kind ]]; then
  check
else
  report=$(check --json) || code=$?
  show json '.[0]' file,examples,invalid,duplicates,contradictions,leaks <<<"$report"
  return "$code"
fi
