# shellcheck shell=bash
# The ledger of tunings: a line of time, service (backend, project and region, slashes between), name, outcome, id and
# the digest of the request. It is written before a create is sent and again once its outcome is known, so that no
# tuning is ever lost. `refused` takes back the `sent` before it; what then stands last is what `poll` takes up.

claim_patience=60 # seconds for another create of the same id

ledger_claim() { # NAME ID DIGEST
  # notes the intention, and sets intended_at (seconds since 1970): from then on no other create here has this id until
  # this one ends. Sets before to "OUTCOME DIGEST NAME TIME" of the id as it was, '' where it is new
  local key ledger code=11 said
  ledger_key && key=$REPLY
  ledger_file && ledger=$REPLY
  claim_file=${ledger%/*}/creating-$2
  (umask 077 && mkdir -p "${ledger%/*}") 2>/dev/null || cannot_note 'its folder cannot be made'
  while ((code == 11)); do # the one before has ended, and taken the file along
    code=0
    { exec 7>>"$claim_file"; } 2>/dev/null || cannot_note 'its folder takes no file'
    said=$(run_alone ledger.py "$ledger" 7 "$claim_file" "$claim_patience" "$key" "$@") || code=$?
  done
  case $code in
    0) intended_at=$said before=$(read_ledger before "$2" "$3") ;;
    1) rm -f "$claim_file" && cannot_note "$said" ;;
    75) die temporary "Another gemtune has been creating $1 for $claim_patience seconds." "See it: gemtune poll $1" ;;
    *) exit "$code" ;;
  esac
}

cannot_note() { # WHY  ends the command
  die unexpected "The ledger $ledger cannot be written ($1), so nothing was sent." \
    "Give yourself the right to write there, make room, or move it away."
}

ledger_release() {
  [[ -z $claim_file ]] || rm -f "$claim_file"
  claim_file=''
}
claim_file=''

ledger_add() { # NAME accepted|refused ID DIGEST  what became of it; that it cannot be noted changes nothing
  local key
  ledger_key && key=$REPLY
  ledger_file
  { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$key" "$@" >>"$REPLY"; } 2>/dev/null ||
    note "The ledger $REPLY cannot be written: it does not say that $1 was $2."
}

read_ledger() { # newest|before [ID DIGEST]
  # prints "OUTCOME DIGEST NAME TIME" of what stands, a line each, the newest first; or one: how ID was before it was
  # sent last, by a request with DIGEST if there was one
  local key
  ledger_key && key=$REPLY
  ledger_file
  [[ -e $REPLY ]] || return 0
  [[ -f $REPLY && -r $REPLY ]] ||
    die unexpected "The ledger $REPLY cannot be read." "Name the tuning: gemtune poll MODEL"
  LC_ALL=C awk -F '\t' -v service="$key" -v wanted="$1" -v id="${2:-}" -v digest="${3:-}" \
    -f "$lib/service/ledger.awk" "$REPLY"
}

newest_tuning() { # sets REPLY to its name, '' where there is none; what was sent and did not arrive is passed over
  local outcome name
  while read -r outcome _ name _; do
    [[ $outcome == accepted ]] || { [[ -n $name ]] && backend_watch REPLY "$name"; } || continue
    REPLY=$name
    return
  done <<<"$(read_ledger newest)"
  REPLY=''
}

ledger_key() { # sets REPLY
  required_project
  REPLY=$backend/$REPLY/${region:-}
}

ledger_file() {
  state_folder
  REPLY=$REPLY/ledger.tsv
}
