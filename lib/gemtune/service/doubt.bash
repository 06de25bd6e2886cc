# shellcheck shell=bash
# A create that may have been carried out already: by an attempt whose answer was lost, or by an earlier command.

find_started() { # KEYS BODY  of a create that was perhaps carried out: by us, or by somebody else who has taken the id
  in_doubt=true
  is_there "$intended" || die temporary "What became of the create is not known: $intended is not there (yet)." \
    "Look again in a minute: gemtune poll $intended"
  is_ours "$2" || {
    in_doubt=false
    die unexpected "$intended is there already, and was not made by this command." \
      "See it: gemtune describe $intended"$'\n'"Another one: --id=OTHER"
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

take_up_before() { # KEYS  an earlier create of this id has made it
  local was=${before#* }
  at_end=''
  ledger_add "$intended" refused "$intended_id" "$digest"
  [[ ${was%% *} == "$digest" ]] || {
    ledger_release
    die unexpected "$intended is there already, made from other data or settings." \
      "See it: gemtune describe $intended"$'\n'"Another one: --id=OTHER. In its place: gemtune delete $intended"
  }
  read_started "$1" || die unexpected "$intended is there, but the service's answer cannot be read." \
    "See it: gemtune describe $intended"
  [[ ${before%% *} == accepted ]] || ledger_add "$started" accepted "$intended_id" "$digest"
  ledger_release
  note "$intended is already so: made from the same data and settings."
  [[ -n $flag_wait ]] || { print_started && exit "$exit_nothing_to_do"; }
  follow_started
  exit
}

is_ours() { # BODY  what has the id now is what BODY asks for, and was made after that
  local libraries="$libraries progress claim" pattern=$'\n[Dd]ate: ([^\r\n]*)' date='' found
  [[ ! $head =~ $pattern ]] || date=${BASH_REMATCH[1]}
  backend_get found "$intended" || return
  [[ -z $flag_id ]] || [[ $(printf '%s\n' "$(<"$1")" "$found" |
    transform --arg since "$intended_at" --arg date "$date" -- is_made_from) == true ]]
}
