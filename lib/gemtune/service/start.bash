# shellcheck shell=bash
# Start a tuning once and only once: https://ai.google.dev/api/tuning takes an id that the caller has chosen.

make_id() { # DISPLAY_NAME  sets REPLY to an id as Google makes it: its words and twelve random characters
  local i alphabet=abcdefghijklmnopqrstuvwxyz0123456789
  REPLY=$(LC_ALL=C tr '[:upper:]' '[:lower:]' <<<"$1" | LC_ALL=C tr -cs 'a-z0-9\n' -)
  while [[ $REPLY == [-0-9]* ]]; do REPLY=${REPLY#?}; done
  REPLY=${REPLY:0:27} REPLY=${REPLY%-}
  REPLY=${REPLY:-model}-
  for ((i = 0; i < 12; i++)); do REPLY+=${alphabet:RANDOM%36:1}; done
}

start_tuning() { # BODY DATA ID KEYS  as backend_start, with the intention in the ledger
  # sets document; started to the name of what tunes; shown to what --format and KEYS make of it
  canonical_name "$3"
  intended=$model intended_id=$3 digest='' may_arrive=false
  if [[ $dry_run == false ]]; then
    digest=$(LC_ALL=C cksum <"$1") && digest=${digest// /-}
    ledger_claim "$intended" "$3" "$digest"
    at_end=settle_intent
    [[ -z $before ]] || take_up_before "$4" "$1"
  fi
  may_arrive=true
  backend_start document "$1" "$2" "$3"
  [[ $status != 409 || $in_doubt == true ]] || refuse # nothing of ours can have taken it
  { [[ $status == 2* ]] && read_started "$4"; } || find_started "$4" "$1"
  acknowledge
}

acknowledge() { # from here on it is there, and the command says so however it ends
  ledger_add "$started" accepted "$intended_id" "$digest"
  ledger_release
  at_end=say_it_is_there
}

read_started() { # KEYS  from document; fails where that is no answer to a create
  local kind=${format_kind:-json} keys=${format_keys:-$1} lines
  case $kind in json | yaml) keys=$format_keys ;; esac
  lines=$(transform --arg keys "$keys" -- "(started | if test(\"^[!-~]+\$\") then . else error end),
    (.[0] | $kind(\$keys))" <<<"$document" 2>/dev/null) || return
  started=${lines%%$'\n'*} shown=${lines#*$'\n'}
  canonical_name "$started" && [[ $model == "$intended" ]]
}

print_started() { # escaped only where a terminal reads it
  [[ ${format_kind:-json} != json ]] || { escape_for 1 "$shown" && shown=$REPLY; }
  print_out "$shown"
}

follow_started() {
  follow "$started" "${pace[@]}"
  show value 'models[0]' name,state <<<"$document"
}

settle_intent() { # EXIT_CODE  after 75, a signal or an attempt without a clear answer nobody knows whether it arrived
  if [[ $may_arrive == true ]] && { (($1 == 75 || $1 > 128)) || [[ $in_doubt == true ]]; }; then
    note "Whether it was created is not known. If it was, this follows it: gemtune poll $intended"
  else
    ledger_add "$intended" refused "$intended_id" "$digest"
  fi
  ledger_release
}

say_it_is_there() { # EXIT_CODE
  (($1 == 0)) || note "$intended is being tuned. This follows it: gemtune poll $intended"
}
