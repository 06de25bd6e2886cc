# shellcheck shell=bash
# What somebody may have meant who mistyped a command, a flag or one of its values.

suggest() { # TYPED CANDIDATES  a line each; sets REPLY to the nearest, '' if none is near
  REPLY=$(typed=$1 LC_ALL=C awk -f "$lib/suggest.awk" <<<"$2" 2>/dev/null) || REPLY=''
}

did_you_mean() { # TYPED CANDIDATE...  sets REPLY to " Did you mean 'x'?", or to ''
  local IFS=$'\n'
  suggest "$1" "${*:2}"
  [[ -z $REPLY ]] || REPLY=" Did you mean '${REPLY%%$'\n'*}'?"
}

unknown_flag() { # FLAG
  local word words=''
  read_manual "$lib/arguments.bash"
  for word in $flags "${manual_lines[@]}"; do
    [[ ! $word =~ ^(  (-q, |-h, )?)?(--[a-z][-a-z]*) ]] || words+=${BASH_REMATCH[3]}$'\n'
  done
  did_you_mean "$1" "$words"
  usage_error "Unrecognized argument: '$1'.$REPLY"
}

unknown_command() { # WORD...  in the folder command_file; a plugin has no word and no flag before its name
  local typed='' word commands
  if [[ -z $command_words ]] && find_plugin "$@"; then
    [[ $# == "$argument_count" ]] || die usage "Invalid choice: '$1'." "Flags of a plugin stand behind its name."
    run_plugin "$@"
  fi
  for word in $command_words "$@"; do
    [[ $word != -* ]] || break
    gcloud_word "$word"
    typed+=" $REPLY"
  done
  commands=$(commands_below "$lib/commands")$'\n' && commands=${commands//\// }
  if [[ -z $command_words ]]; then
    topic_names && commands+="help ${REPLY// /$'\n'help }"
    find_plugins && commands+=$'\n'$(cut -f 1 <<<"$REPLY")
  fi
  suggest "$typed" "$commands"
  [[ -z $REPLY ]] || REPLY=$'Maybe you meant:\n  gemtune '${REPLY//$'\n'/$'\n  gemtune '}$'\n'
  die usage "Invalid choice: '${1:-}'." "${REPLY}The commands: gemtune help$command_words"
}

gcloud_word() { # WORD  sets REPLY to what the first one is called here; models that are tuned go without saying
  REPLY=$1
  [[ $1 != get-value ]] || REPLY='get'
  [[ -z ${typed// /} ]] || return 0
  case $1 in
    tuned-models | tunedModels | tuned_models) REPLY='' ;;
    ls) REPLY=list ;;
    get | show) REPLY=describe ;;
    rm | remove) REPLY=delete ;;
    wait | follow) REPLY=poll ;;
    tune | train) REPLY=create ;;
    predict | generate) REPLY=infer ;;
    logout) REPLY='auth revoke' ;;
  esac
}
