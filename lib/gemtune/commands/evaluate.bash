# Usage: gemtune evaluate MODEL --test-data=FILE [--compare-with=MODEL] [--min-accuracy=SHARE]
#                         [--ignore-case] [--report=FILE] [--input-key=KEY] [--output-key=KEY] [--jobs=N]
# Summary: Ask a tuned model what the answers are known to, and count how many it has right
#
# Prints each input with its output, what was expected, and whether they match: the same text, without blanks at
# its ends, in Unicode's form NFC. Below the table stands the share that is right, with its 95 % confidence
# interval (Wilson's); --format=json and yaml have all of it in one document. No answer counts as no match.
#
#   --test-data=FILE       the cases: whatever `gemtune dataset check` takes
#   --input-key=KEY        the column of the input (default: as in `gemtune dataset check`)
#   --output-key=KEY       the column of what is expected
#   --compare-with=MODEL   ask this one too, and say whether their difference is more than chance
#   --min-accuracy=SHARE   end with exit code 10 when less is right: 0.9 or 90%
#   --ignore-case          take upper and lower case for the same
#   --report=FILE          write all of it to a file.html, .json or .csv as well
#   --jobs=N               how many requests at a time (default: 4)
#
# Example:
#   gemtune evaluate number-generator-1a2b3c --test-data=test.csv --min-accuracy=90% --report=report.html

parse_arguments MODEL "$@"
use_backend
[[ -n $test_data ]] || usage_error "--test-data is missing."
[[ -z $min_accuracy || $min_accuracy =~ ^(0|1|0?\.[0-9]+|1\.0+|(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%)$ ]] ||
  invalid --min-accuracy "'$min_accuracy' is not a share such as 0.9 or 90%."
case $report in '' | *.html | *.json | *.csv) ;; *) invalid --report "'$report' ends in none of .html, .json, .csv." ;; esac
[[ ! $report -ef $test_data ]] || invalid --report "'$report' is the test data."
[[ -z $report ]] || expect_writable "$report"

read_prompts "$test_data" --expected ${input_key:+"--input-key=$input_key"} ${output_key:+"--output-key=$output_key"}
evaluate_model "${operands[0]}" "${jobs:-4}"
[[ -z $compare_with ]] || evaluate_model "$compare_with" "${jobs:-4}"
[[ $dry_run == false ]] || exit 0
py evaluation judge "${judged[@]}" --test-data "$test_data" ${ignore_case:+--ignore-case} \
  ${min_accuracy:+--min-accuracy "$min_accuracy"} ${report:+--report "$report"} >"$folder/evaluation"
show_evaluation "$folder/evaluation"
conclude "$folder/evaluation"
