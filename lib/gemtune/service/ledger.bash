# shellcheck shell=bash
# The ledger of tunings: a line of time, base URL, name and outcome, written before a create is sent and
# again once its answer is there, so that no tuning is ever lost. The last line that was not refused is
# what `poll` takes up.

ledger_add() { # NAME sent|accepted|refused
  local base_url
  setting base_url
  base_url=$REPLY
  ledger_file
  (umask 077 && mkdir -p "${REPLY%/*}" && printf '%s\t%s\t%s\t%s\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$base_url" "$1" "$2" >>"$REPLY") ||
    die 1 "The ledger $REPLY cannot be written, so nothing was sent." "Make room or give yourself the right to write there."
}

ledger_newest() { # sets REPLY to the newest name for this service, '' if there is none
  local base_url url name outcome newest='' before=''
  setting base_url
  base_url=$REPLY
  ledger_file
  [[ -r $REPLY ]] || { REPLY='' && return; }
  while IFS=$'\t' read -r _ url name outcome; do
    [[ $url == "$base_url" ]] || continue
    case $outcome in
      sent) before=$newest newest=$name ;;
      accepted) newest=$name ;;
      refused) newest=$before ;;
    esac
  done <"$REPLY"
  REPLY=$newest
}

ledger_file() {
  state_folder
  REPLY=$REPLY/ledger.tsv
}
