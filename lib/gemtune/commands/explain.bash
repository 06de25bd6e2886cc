# Usage: gemtune explain [ID|TEXT...|-]
# Summary: Explain an error: its cause, the page for it, and the next command
#
# TEXT is an error of Google's, of gemtune, gcloud or curl, pasted whole or in part: JSON, a line, what
# the consent page says. Without it, and with -, it is read from stdin; on a terminal the ids of all that
# can be explained are listed. Nothing is sent. Exits 6 for what gemtune does not know.
#
# Examples:
#   gemtune explain redirect_uri_mismatch
#   curl -sS https://generativelanguage.googleapis.com/v1beta/tunedModels | gemtune explain
#   gemtune explain --format=json api-off

parse_arguments '[TEXT...]' "$@"
text=${operands[*]-}
if [[ -z $text && -t 0 ]]; then
  print_refusals | cut -f 1,2,4 | show_rows table objects id,exitCode,cause id,cause
  exit
fi
[[ -n $text && $text != - ]] || IFS= read -r -d '' text || true
trim "${text:0:20000}"
text=$REPLY
[[ -n $text ]] || usage_error "There is no text to explain."

find_explanation "$text" ||
  die not_found "gemtune does not know this error." \
    "The ids of those it knows: gemtune explain (on a terminal). Is it this machine: gemtune doctor
To have it added, send the text, without tokens and secrets, to the issues of gemtune's repository."
if [[ -n $format_kind ]]; then
  printf '%s\t%s\t%s\t%s\t%s\n' "$refusal_id" "$refusal_code" "$refusal_cause" "${refusal_next%%$'\n'*}" \
    "$refusal_page" |
    show_rows yaml object id,exitCode,cause,nextStep,page
else
  printf '%s: %s\n\n  %s\n' "$refusal_id" "$refusal_cause" "${refusal_next//$'\n'/$'\n'  }"
fi
