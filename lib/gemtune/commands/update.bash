# Usage: gemtune update MODEL [--display-name=NAME] [--description=TEXT] [--temperature=NUMBER]
#            [--top-p=NUMBER] [--top-k=N]
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
for name in display-name description temperature top-p top-k; do
  ! is_given "--$name" || fields+=" ${name//-/_}"
done
[[ -n $fields ]] || usage_error "Nothing is said that should change."
check_display_name "$flag_display_name"
# what can be changed, not every snapshot
[[ -n $format_kind ]] || check_format 'yaml(name,displayName,description,temperature,topP,topK)'

flag_arguments display-name description temperature top-p top-k
body=$(transform --raw-input --arg fields "${fields# }" "${arguments[@]}" -- update_body <<<'')
on_model document backend_update "${operands[0]}" "${body%%$'\n'*}" "${body#*$'\n'}"
note "Updated [$model]."
show yaml 'models[0]' name,displayName,description,temperature,topP,topK <<<"$document"
