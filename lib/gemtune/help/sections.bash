# shellcheck shell=bash
# What stands in the page of a command, of a folder of commands, of a topic, and in that of gemtune itself.

section=''

lay_out() { # COMMAND_FILE_WITHOUT_SUFFIX|FOLDER|TOPIC_FILE
  section=''
  case $1 in
    */topics/*) lay_topic "$1" ;;
    *) if [[ -f $1.bash ]]; then lay_command "$1"; else lay_folder "$1"; fi ;;
  esac
  lay_end
}

lay_command() { # COMMAND_FILE_WITHOUT_SUFFIX
  local words=${1#"$lib/commands/"}
  summary_of "$1"
  under NAME && lay_name "gemtune ${words//\// }" "$REPLY"
  read_manual "$1.bash" && walk
  lay_wide_flags
  under 'EXIT CODES' && lay_text '0 when it is done; the others: `gemtune help exit-codes`'
  see_also "$words"
}

lay_wide_flags() {
  under 'GEMTUNE WIDE FLAGS'
  read_manual "$lib/arguments.bash"
  manual_lines=("${manual_lines[@]:2}")
  walk
}

lay_folder() { # FOLDER  with the topic of the same name, if there is one
  local words=${1#"$lib/commands"} topic=$lib/help/gemtune.txt file
  [[ -z $words ]] || topic=$lib/topics/${words#/}.txt
  summary_of_page "$1"
  under NAME && lay_name "gemtune${words//\// }" "$REPLY"
  under SYNOPSIS && lay_usage "gemtune${words//\// } COMMAND [ARGUMENT...]"
  [[ ! -f $topic ]] || { read_topic "$topic" && walk; }
  under COMMANDS
  while IFS= read -r file; do
    summary_of "$lib/commands/$file"
    lay_item "gemtune ${file//\// }" "$REPLY"
  done < <(commands_below "$1")
  [[ -n $words ]] || lay_wide_flags
  see_also "${words#/}"
}

lay_topic() { # FILE
  local name=${1##*/}
  summary_of_page "$1"
  under NAME && lay_name "gemtune ${name%.txt}" "$REPLY"
  under DESCRIPTION
  read_topic "$1" && walk
  see_also "${name%.txt}"
}

see_also() { # PATH_OF_WORDS  its neighbours, or every topic
  local others='' file
  [[ $1 != */* ]] || for file in "$lib/commands/${1%/*}"/*.bash; do
    file=${file#"$lib/commands/"} && file=${file%.bash}
    [[ $file == "$1" ]] || others+="gemtune ${file//\// }, "
  done
  [[ -n $others ]] || topic_names
  [[ -n $others ]] || for file in $REPLY; do [[ $file == "$1" ]] || others+="gemtune help $file, "; done
  under 'SEE ALSO' && lay_text "${others%, }"
}

summary_of_page() { # COMMAND_FILE_WITHOUT_SUFFIX|FOLDER|TOPIC_FILE  sets REPLY
  local topic=$lib/topics/${1##*/}
  case $1 in
    */topics/*) topic=$1 ;;
    "$lib/commands") topic=$lib/help/gemtune.txt ;;
    *) [[ ! -f $1.bash ]] || { summary_of "$1" && return; } ;;
  esac
  [[ -f $topic ]] || topic+=.txt
  REPLY="The commands of ${1##*/}"
  [[ ! -f $topic ]] || { read_topic "$topic" && REPLY=${manual_lines[0]#Summary: }; }
}

read_topic() { # FILE  sets manual_lines
  local line
  manual_lines=()
  while IFS= read -r line; do manual_lines+=("$line"); done <"$1"
}
