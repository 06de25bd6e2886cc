# Usage: gemtune infer MODEL [PROMPT] [--system=TEXT] [--temperature=NUMBER] [--top-p=NUMBER] [--top-k=N]
#                      [--max-output-tokens=N] [--stop=TEXT,...] [--stream]
#        gemtune infer MODEL --input=FILE [--input-key=KEY] [--output-key=KEY] [--output=FILE] [--jobs=N] [...]
# Summary: Ask a tuned model, and print its answer, or the answers to a file of prompts
#
# Without PROMPT, or with -, the prompt is read from stdin. --format=json prints the whole reply.
#
#   --system=TEXT           a system instruction; tuned models refuse it, base models take it
#   --temperature=NUMBER    0 for the likeliest answer, more for variety (default: the model's)
#   --top-p=NUMBER          choose among the likeliest tokens that make up this share (default: the model's)
#   --top-k=N               choose among this many tokens (default: the model's)
#   --max-output-tokens=N   cut the answer there
#   --stop=TEXT,...         end the answer before any of these texts
#   --stream                print the answer as it comes
#   --input=FILE            a prompt in each line of a text file or of stdin (-); or whatever `gemtune dataset check`
#                           takes: CSV, TSV, JSON or JSON Lines by the end of its name, or a URL. An output beside
#                           the prompt is kept as "expected"
#   --input-key=KEY         the column of the prompt (default: as in `gemtune dataset check`)
#   --output-key=KEY        the column of what is expected; with one of these two stdin has columns as well
#   --output=FILE           write a line {"text_input", "output"} for each prompt, in order; with "error" where
#                           the prompt was refused or blocked. What is there already is not asked again (default: -)
#   --jobs=N                how many requests at a time (default: 4)
#
# Exit code with --input: 0 all answered; 1 some refused; 75 not all answered: run it again to go on.
#
# Examples:
#   gemtune infer number-generator-1a2b3c 'twenty two'
#   echo 六 | gemtune infer tunedModels/number-generator-1a2b3c
#   gemtune infer number-generator-1a2b3c --input=prompts.txt --output=answers.jsonl --jobs=16

parse_arguments 'MODEL [PROMPT]' "$@"
use_backend
flag_arguments system temperature top-p top-k max-output-tokens stop
if [[ -n $flag_input ]]; then
  [[ ${#operands[@]} == 1 && -z $flag_stream$format_kind ]] ||
    usage_error "--input goes without PROMPT, --stream and --format."
  infer_file "${operands[0]}" "$flag_input" "${flag_output:--}" "${flag_jobs:-4}" \
    ${flag_input_key:+"--input-key=$flag_input_key"} ${flag_output_key:+"--output-key=$flag_output_key"}
  exit
fi
[[ -z $flag_output$flag_jobs$flag_input_key$flag_output_key ]] ||
  usage_error "--output, --jobs, --input-key and --output-key go with --input=FILE."
[[ -z $flag_stream || -z $format_kind ]] || usage_error "--stream prints the text alone: leave out --format."
prompt=${operands[1]:--}
[[ $prompt != - || ! -t 0 ]] || note 'Type the prompt, and end it with Ctrl-D:'
[[ $prompt != - ]] || prompt=$(LC_ALL=C tr -d '\000') # bash would complain of it
[[ -n $prompt ]] || usage_error "PROMPT is empty."

body=$(printf %s "$prompt" | transform --raw-input "${arguments[@]}" -- ask_body)
on_model reply ask "${operands[0]}" "$body" ${flag_stream:+--stream}
if [[ -n $format_kind ]]; then
  show json '.[0] | reply' text <<<"$reply"
else
  print_answer "$reply"
fi
