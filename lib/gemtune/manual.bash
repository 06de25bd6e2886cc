# shellcheck shell=bash
# A command is a file found by its words; the comment that opens the file is its manual, and everything
# that helps reads it from here.

command_words='' # each with a blank before it: " auth login"

descend() { # WORD  from a folder of commands into the next one, or to a command
  [[ $1 =~ ^[a-z][-a-z]*$ && (-d $command_file/$1 || -f $command_file/$1.bash) ]] || return 1
  command_file=$command_file/$1 command_words+=" $1" taken=1
}

read_manual() { # FILE  sets manual_lines
  local line
  manual_lines=()
  while IFS= read -r line && [[ $line == '#'* ]]; do
    [[ $line == '# shellcheck'* ]] && continue
    line=${line#\#}
    manual_lines+=("${line# }")
  done <"$1"
}

summary_of() { # COMMAND_FILE_WITHOUT_SUFFIX  sets REPLY
  local line
  REPLY=''
  read_manual "$1.bash"
  for line in "${manual_lines[@]}"; do
    [[ $line != Summary:* ]] || REPLY=${line#Summary: }
  done
}

usage_of() { # COMMAND_FILE_WITHOUT_SUFFIX  sets REPLY to its usage and where there is more
  local line
  [[ -f $1.bash ]] || { REPLY="The commands: gemtune help$command_words" && return; }
  read_manual "$1.bash"
  REPLY=''
  for line in "${manual_lines[@]}"; do
    [[ $line != Summary:* ]] || break
    REPLY+=$line$'\n'
  done
  REPLY+="More: gemtune$command_words --help"
}

print_page() { # COMMAND_FILE_WITHOUT_SUFFIX
  if [[ ! -f $1.bash ]]; then
    print_overview "$1"
    return
  fi
  read_manual "$1.bash"
  printf '%s\n' "${manual_lines[@]}" ''
  read_manual "$lib/arguments.bash"
  printf '%s\n' "${manual_lines[@]}"
}

print_overview() { # FOLDER  one line for each command below it
  local file words
  printf '%s\n' 'Usage: gemtune COMMAND [ARGUMENT...]' ''
  while IFS= read -r file; do
    summary_of "${file%.bash}"
    words=${file#"$lib/commands/"} && words=${words%.bash}
    printf '  %-26s %s\n' "${words//\// }" "$REPLY"
  done < <(find "$1" -name '*.bash' | LC_ALL=C sort)
  printf '%s\n' '' 'The manual of one: gemtune help COMMAND'
}
