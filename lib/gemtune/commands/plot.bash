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
[[ -z $flag_output || -z $format_kind ]] || usage_error "The ending of --output says the format: leave out --format."
[[ -z $flag_output ]] || expect_writable "$flag_output"

models=$(read_models "${operands[@]}")
if [[ $dry_run == true ]]; then
  exit
elif [[ -z $format_kind && $flag_output != *.csv ]]; then
  rows=$(read_curves titled <<<"$models")
  py plot ${flag_by:+"--by=$flag_by"} ${flag_output:+"--output=$flag_output"} <<<"$rows"
else
  rows=$(read_curves exported <<<"$models")
  points=$(show csv '.[0]' model,step,epoch,meanLoss,computeTime <<<"$rows")
  if [[ -n $flag_output ]]; then replace_file "$flag_output" "$points"; else printf '%s\n' "$points"; fi
fi
