# shellcheck shell=bash
# The values of flags and operands, by the word that stands for them in the manual.

offer_flag_values() { # of flag
  word_of_flag "$flag" || return 0
  case $flag in
    --base-model) offer_models models list --tunable ;;
    --backend) offer_backends ;;
    --configuration) offer_configurations ;;
    *) offer_kinds "$REPLY" ;;
  esac
}

offer_operands() { # by the first line of usage, without its flags
  local usage word kinds=() count=${#typed[@]}
  read_manual "$command_file.bash"
  usage=${manual_lines[0]#*"gemtune$command_words"}
  read -r -a words <<<"${usage%%\)\"*}" || true
  for word in ${words[@]+"${words[@]}"}; do
    case $word in '|') break ;; -* | \[-* | '' | FLAG*) continue ;; esac
    word=${word#\[}
    kinds+=("${word%\]}")
  done
  ((${#kinds[@]} > 0)) || return 0
  if ((count < ${#kinds[@]})); then
    offer_kinds "${kinds[count]}"
  elif [[ ${kinds[${#kinds[@]} - 1]} == *...* ]]; then
    offer_kinds "${kinds[${#kinds[@]} - 1]}"
  fi
}

offer_kinds() { # WORD|WORD...
  local kind kinds=()
  IFS='|' read -r -a kinds <<<"$1" || true
  for kind in "${kinds[@]}"; do
    case ${kind%...} in
      FILE) offer_files :file ;;
      DIR) offer_files :directory ;;
      MODEL) offer_models_of_command ;;
      NAME) [[ $command_words != ' config configurations '* || $command_words == *create ]] || offer_configurations ;;
      PROJECT | PROJECT_ID) offer_projects ;;
      PROPERTY) offer_each "$properties" ;;
      VALUE) offer_property_values "${typed[0]}" ;;
      COMMAND) offer_pages ;;
      FORMAT) offer_each 'table json yaml csv value' ;;
      LEVEL) offer_each 'debug info warning error critical none' ;;
      *[A-Z,]*) ;;
      *) offer "$kind" ;;
    esac
  done
}

offer_each() { # WORDS
  local word
  for word in $1; do offer "$word"; done
}

offer_backends() {
  local file
  for file in "$lib"/backends/*.bash; do
    file=${file##*/}
    offer "${file%.bash}"
  done
}

offer_configurations() {
  configuration_names
  offer_each "$REPLY"
}

offer_projects() { # that configurations name, each once
  local name names seen=' '
  configuration_names
  names=$REPLY
  for name in $names; do
    configuration_file "$name"
    read_ini "$REPLY" project && [[ $seen != *" $REPLY "* ]] || continue
    seen+="$REPLY "
    offer "$REPLY" "of configuration $name"
  done
}

offer_property_values() { # PROPERTY
  case ${1#core/} in
    project) offer_projects ;;
    backend) offer_backends ;;
    ca_file | client_id_file) offer_files :file ;;
  esac
}

offer_pages() { # of help: commands, and topics before any of them
  local folder=$lib/commands/ word
  for word in ${typed[@]+"${typed[@]}"}; do folder+=$word/; done
  [[ $folder != *..* && -d $folder ]] || return 0
  offer_words "${folder%/}"
  ((${#typed[@]} == 0)) || return 0
  topic_names
  for word in $REPLY; do [[ -d $lib/commands/$word ]] || offer "$word" topic; done
}
