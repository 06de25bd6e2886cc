# Usage: gemtune update MODEL [--display-name=NAME] [--description=TEXT] [--temperature=NUMBER] [--top-p=NUMBER] [--top-k=N]
# Summary: Change what a tuned model is called, and how it answers by default
#
# Only what is given changes; an empty value takes it back: --description=''
#
#   --display-name=NAME    at most 40 characters
#   --description=TEXT     what it is for
#   --temperature=NUMBER   how freely it answers: from 0, always the likeliest, to 1
#   --top-p=NUMBER         it chooses among the likeliest words that together have this probability
#   --top-k=N              it chooses among so many of the likeliest words
#
# Example:
#   gemtune update number-generator-1a2b3c --description='counts on by one' --temperature=0.4

parse_arguments MODEL "$@"
use_backend
fields=''
! is_given --display-name || fields+=,displayName
! is_given --description || fields+=,description
! is_given --temperature || fields+=,temperature
! is_given --top-p || fields+=,topP
! is_given --top-k || fields+=,topK
[[ -n $fields ]] || usage_error "Nothing is said that should change."
check_display_name "$display_name"
# what can be changed, not every snapshot
[[ -n $format_kind ]] || check_format 'yaml(name,displayName,description,temperature,topP,topK)'

body=$(transform --raw-input --arg fields "${fields#,}" --arg displayName "$display_name" --arg description "$description" \
  --arg temperature "$temperature" --arg topP "$top_p" --arg topK "$top_k" -- update_request <<<'')
on_model PATCH "${operands[0]}" "?updateMask=${fields#,}" "$body"
note "Updated [$model]."
show yaml resource name,displayName,description,temperature,topP,topK <<<"$REPLY"
