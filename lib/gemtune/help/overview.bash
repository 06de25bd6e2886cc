# shellcheck shell=bash
# Every command in one line, the topics and the plugins; in a narrow window a line is folded.

overview() { # FOLDER
  local words
  wrap 0 2 "Usage: gemtune${command_words} COMMAND [ARGUMENT...]" && printf '\n'
  while IFS= read -r words; do
    summary_of "$lib/commands/$words"
    overview_line "${words//\// }" "$REPLY"
  done < <(commands_below "$1")
  if [[ $1 == "$lib/commands" ]]; then
    topic_names && printf '\n' && wrap 0 2 "Topics: ${REPLY// /, }"
    overview_of_plugins
  fi
  printf '\n' && wrap 0 2 'The manual of one: gemtune help COMMAND'
}

overview_line() { # WORDS SUMMARY  where nobody looks at a window, a line stays one line
  local indent=29 columns=$window
  if [[ ! $window -gt 0 ]]; then
    printf '  %-25s  %s\n' "$1" "$2"
    return
  fi
  ((window >= 70)) || indent=6
  lead="  $1"
  ((${#lead} + 2 <= indent)) || { printf '%s\n' "$lead" && lead=''; }
  wrap "$indent" "$indent" "$2"
}

overview_of_plugins() {
  local line
  find_plugins
  [[ -n $REPLY ]] || return 0
  printf '\n%s\n\n' 'Plugins:'
  while IFS=$'\t' read -r line file; do printf '  %-25s  %s\n' "$line" "$file"; done <<<"${REPLY%$'\n'}"
}
