# Usage: gemtune completion bash|zsh|fish
#        gemtune completion answer -- WORD...
# Summary: Print the script that lets your shell complete commands, flags and names
#
# The script asks the second form, whose last WORD is the one being typed. It never waits for the
# network: names of models come from a cache, which is made anew in the background.
#
# Examples:
#   eval "$(gemtune completion bash)"      # in ~/.bashrc
#   eval "$(gemtune completion zsh)"       # in ~/.zshrc
#   gemtune completion fish | source       # in ~/.config/fish/config.fish

parse_arguments 'SHELL [WORD...]' "$@"
case ${operands[0]} in
  answer)
    for file in answer flags values models; do
      # shellcheck source=/dev/null
      source "$lib/completion/$file.bash"
    done
    set -- "${operands[@]:1}"
    answer "${@-}"
    ;;
  bash) cat "$lib/completion/gemtune.bash" ;;
  zsh) cat "$lib/completion/_gemtune" ;;
  fish) cat "$lib/completion/gemtune.fish" ;;
  *)
    did_you_mean "${operands[0]}" bash zsh fish
    usage_error "There is no completion for '${operands[0]}'.$REPLY"
    ;;
esac
