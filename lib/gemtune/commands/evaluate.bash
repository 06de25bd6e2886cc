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
[[ -n $flag_test_data ]] || usage_error "--test-data is missing."
[[ -z $flag_min_accuracy || $flag_min_accuracy =~ ^(0|1|0?\.[0-9]+|1\.0+|(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%)$ ]] ||
  invalid --min-accuracy "'$flag_min_accuracy' is not a share such as 0.9 or 90%."
case $flag_report in
  '' | *.html | *.json | *.csv) ;;
  *) invalid --report "'$flag_report' ends in none of .html, .json, .csv." ;;
esac
[[ ! $flag_report -ef $flag_test_data ]] || invalid --report "'$flag_report' is the test data."
[[ -z $flag_report ]] || expect_writable "$flag_report"

read_prompts "$flag_test_data" --expected ${flag_input_key:+"--input-key=$flag_input_key"} \
  ${flag_output_key:+"--output-key=$flag_output_key"}
evaluate_model "${operands[0]}" "${flag_jobs:-4}"
[[ -z $flag_compare_with ]] || evaluate_model "$flag_compare_with" "${flag_jobs:-4}"
[[ $dry_run == false ]] || exit 0
py evaluation judge "${judged[@]}" --test-data "$flag_test_data" ${flag_ignore_case:+--ignore-case} \
  ${flag_min_accuracy:+--min-accuracy "$flag_min_accuracy"} ${flag_report:+--report "$flag_report"} \
  >"$folder/evaluation"
show_evaluation "$folder/evaluation"
conclude "$folder/evaluation"
