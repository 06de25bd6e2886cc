# Usage: gemtune plot MODEL... [--by=step|epoch|time] [--output=FILE]
# Summary: Draw the loss curve of tuned models, and say what it shows
#
# Here in the terminal, or into a file. MODEL may be - for what `gemtune describe MODEL --format=json`
# prints, on stdin. The words below the curve: "still falling" and "rising" when the last third of it
# does so by more than its noise and by more than 2 % of the whole, "diverged" when it ends above its
# beginning, else "flat". --format prints the points in place of the curve.
#
#   --by=step|epoch|time   what stands below the curve (default: step)
#   --output=FILE          .svg, .png or .html for a picture (matplotlib draws it), .csv for the points
#
# Examples:
#   gemtune plot number-generator-1a2b3c
#   gemtune plot first-try second-try --by=epoch --output=loss.svg

parse_arguments 'MODEL...' "$@"
use_backend
[[ -z $output || -z $format_kind ]] || usage_error "The ending of --output says the format: leave out --format."
[[ -z $output ]] || expect_writable "$output"

models=$(read_models "${operands[@]}")
if [[ $dry_run == true ]]; then
  exit
elif [[ -z $format_kind && $output != *.csv ]]; then
  py plot ${by:+"--by=$by"} ${output:+"--output=$output"} <<<"$models"
else
  points=$(show csv snapshots model,step,epoch,meanLoss,computeTime <<<"$models")
  if [[ -n $output ]]; then replace_file "$output" "$points"; else printf '%s\n' "$points"; fi
fi
