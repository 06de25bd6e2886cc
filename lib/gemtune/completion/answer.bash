# shellcheck shell=bash
# What can stand where the cursor is, for every shell: a line for each word, with a tab and what it means. A line
# :file or :directory leaves it to the shell.

answer() { # WORD...  the last one is being typed
  local current=${!#} prefix='' flag='' typed=() scope=() lost=false
  command_file=$lib/commands command_words=''
  read_flag_table
  while (($# > 1)); do
    pass_word "$1"
    shift
  done
  offer_all
}

offer_all() { # for current
  if [[ $lost == true ]]; then
    offer_files :file
  elif [[ -n $flag ]]; then
    offer_flag_values
  elif [[ $current == --*=* ]]; then
    flag=${current%%=*} prefix=${current%%=*}= current=${current#*=}
    offer_flag_values
  elif [[ $current == -* ]]; then
    offer_flags
  elif [[ -f $command_file.bash ]]; then
    offer_operands
  else
    offer_words "$command_file"
  fi
}

pass_word() { # WORD
  # one that stands before the cursor: goes into folders, counts operands, notes a flag whose value comes next
  if [[ -n $flag || $1 == --*=* ]]; then
    pass_flag "${flag:-${1%%=*}}" "${1#"${flag:-${1%%=*}}"}"
    flag=''
  elif [[ $1 == -* ]]; then
    word_of_flag "$1" && [[ -n $REPLY ]] && flag=$1
    return 0
  elif [[ -f $command_file.bash ]]; then
    typed+=("$1")
  elif [[ $1 != application-default || $command_file != */auth ]]; then
    descend "$1" || lost=true
    [[ ! -f $command_file.bash ]] || read_flag_table
  fi
}

pass_flag() { # FLAG VALUE  those that say which models are meant
  case $1 in --project | --backend | --base-url | --ca-file | --configuration)
    flag=${1#--}
    printf -v "flag_${flag//-/_}" %s "${2#=}"
    scope+=("$1=${2#=}")
    ;;
  esac
}

offer() { # WORD [WHAT_IT_MEANS]
  [[ $1 != "$current"* ]] || printf '%s\t%s\n' "$prefix$1" "${2:-}"
}

offer_files() { # :file|:directory
  printf '%s\n' "$1"
}

words_in() { # FOLDER  sets REPLY
  local file words=''
  for file in "$1"/*; do
    file=${file##*/}
    words+=", ${file%.bash}"
  done
  REPLY=${words#, }
}

offer_words() { # FOLDER  the commands and folders in it; where all of them are, plugins too
  local file word
  for file in "$1"/*; do
    word=${file##*/} && word=${word%.bash}
    [[ $word == "$current"* ]] || continue
    if [[ -d $file ]]; then words_in "$file"; else summary_of "${file%.bash}"; fi
    offer "$word" "$REPLY"
  done
  [[ $1 == "$lib/commands" ]] || return 0
  find_plugins
  while IFS=$'\t' read -r word file; do
    [[ -z $word ]] || offer "$word" "plugin $file"
  done <<<"$REPLY"
}
