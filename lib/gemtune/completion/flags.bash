# shellcheck shell=bash
# The flags of a command, with what they mean, from the manuals.

read_flag_table() { # sets flag_names, flag_words and flag_texts: a command's own flags come before those of all
  local file
  flag_names=() flag_words=() flag_texts=()
  for file in "$command_file.bash" "$lib/arguments.bash"; do
    [[ -f $file ]] || continue
    read_manual "$file"
    read_flags_of_manual
  done
}

read_flags_of_manual() { # a line further in goes on with the text of its flag
  local line last='' pattern='^  (-[a-z], )?(--[a-z][-a-z]*)(=([^ ]+))?( +(.*))?$'
  for line in "${manual_lines[@]}"; do
    if [[ $line =~ $pattern ]]; then
      last=${#flag_names[@]}
      flag_names+=("${BASH_REMATCH[2]}") flag_words+=("${BASH_REMATCH[4]}") flag_texts+=("${BASH_REMATCH[6]}")
    elif [[ -n $last && $line == '   '* ]]; then
      flag_texts[last]+=" ${line#"${line%%[! ]*}"}"
    else
      last=''
    fi
  done
}

word_of_flag() { # FLAG  sets REPLY to the word that stands for its value, '' if it takes none
  local i
  for ((i = 0; i < ${#flag_names[@]}; i++)); do
    [[ ${flag_names[i]} != "$1" ]] || { REPLY=${flag_words[i]} && return; }
  done
  return 1
}

offer_flags() {
  local i seen=' '
  for ((i = 0; i < ${#flag_names[@]}; i++)); do
    [[ $seen != *" ${flag_names[i]} "* ]] || continue
    seen+="${flag_names[i]} "
    offer "${flag_names[i]}${flag_words[i]:+=}" "${flag_texts[i]}"
  done
}
