# Usage: gemtune help [COMMAND...]
# Summary: Show every command, or the manual of one

parse_arguments '[WORD] [WORD] [WORD]' "$@"

command_file=$lib/commands command_words=''
for word in ${operands[@]+"${operands[@]}"}; do
  descend "$word" || usage_error "There is no command '${operands[*]}'."
done
print_page "$command_file"
