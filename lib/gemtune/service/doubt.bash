# shellcheck shell=bash
# A create that may have been carried out already: by an attempt whose answer was lost, or by an earlier command.

find_started() { # KEYS BODY  of a create that was perhaps carried out: by us, or by somebody else who has taken the id
  in_doubt=true
  is_there "$intended" || die temporary "What became of the create is not known: $intended is not there (yet)." \
    "Look again in a minute: gemtune poll $intended"
  is_ours "$2" || {
    in_doubt=false
    id_is_taken 'and was not made by this command'
  }
  read_started "$1" || die temporary "$intended is there, but the service's answer cannot be read." \
    "Look again in a minute: gemtune poll $intended"
}

is_there() { # NAME  sets document to what tunes it
  local url
  backend_watch url "$1" --handle=404 || return
  request document GET "${url% *}" --handle=404
  [[ $status != 404 ]]
}

take_up_before() { # KEYS BODY  an earlier create of this id: what it has made, if that is there, ends the command
  local outcome was name time
  read -r outcome was name time <<<"$before"
  is_there "$name" || return 0
  at_end=''
  ledger_add "$intended" refused "$intended_id" "$digest" # the intention of now
  [[ $was == "$digest" ]] || id_is_taken 'made from other data or settings'
  [[ $outcome == accepted ]] || { intended_at=$time && is_ours "$2"; } || id_is_taken 'and was not made by this command'
  read_started "$1" || die unexpected "$intended is there, but the service's answer cannot be read." \
    "See it: gemtune describe $intended"
  [[ $outcome == accepted ]] || ledger_add "$started" accepted "$intended_id" "$digest"
  ledger_release
  note "$intended is already so: made from the same data and settings."
  if [[ -n $flag_wait ]]; then follow_started; else print_started; fi
  exit "$exit_nothing_to_do"
}

id_is_taken() { # HOW  ends the command
  ledger_release
  die unexpected "$intended is there already, $1." "See it: gemtune describe $intended
Another one: --id=OTHER. In its place: gemtune delete $intended"
}

is_ours() { # BODY  what has the id now is what BODY asks for, and was made after that
  local libraries="$libraries progress claim" pattern=$'\n[Dd]ate: ([^\r\n]*)' date='' found
  [[ ! $head =~ $pattern ]] || date=${BASH_REMATCH[1]}
  backend_get found "$intended" || return
  [[ -z $flag_id ]] || [[ $(printf '%s\n' "$(<"$1")" "$found" |
    transform --arg since "$intended_at" --arg date "$date" -- is_made_from) == true ]]
}
