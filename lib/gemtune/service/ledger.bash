# shellcheck shell=bash
# The ledger of tunings: a line of time, service (backend, project and region, slashes between), name and outcome,
# written before a create is sent and again once its answer is there, so that no tuning is ever lost. The last line that
# was not refused is what `poll` takes up.

ledger_add() { # NAME sent|accepted|refused
  local service
  ledger_key
  service=$REPLY
  ledger_file
  (umask 077 && mkdir -p "${REPLY%/*}" && printf '%s\t%s\t%s\t%s\n' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$service" "$1" "$2" >>"$REPLY") ||
    die unexpected "The ledger $REPLY cannot be written, so nothing was sent." \
      "Make room or give yourself the right to write there."
}

ledger_newest() { # VAR  the newest name for this service, '' if there is none
  read_ledger
  printf -v "$1" %s "$REPLY"
}

read_ledger() { # sets REPLY
  local own service name outcome newest='' before=''
  ledger_key
  own=$REPLY
  ledger_file
  [[ ! -r $REPLY ]] || while IFS=$'\t' read -r _ service name outcome; do
    [[ $service == "$own" ]] || continue
    case $outcome in
      sent) before=$newest newest=$name ;;
      accepted) newest=$name ;;
      refused) newest=$before ;;
    esac
  done <"$REPLY"
  REPLY=$newest
}

ledger_key() { # sets REPLY
  required_project
  REPLY=$backend/$REPLY/${region:-}
}

ledger_file() {
  state_folder
  REPLY=$REPLY/ledger.tsv
}
