# shellcheck shell=bash
# Start a tuning once and only once.

make_id() { # DISPLAY_NAME  sets REPLY to an id as Google makes it: its words and twelve random characters
  local i alphabet=abcdefghijklmnopqrstuvwxyz0123456789
  REPLY=$(LC_ALL=C tr '[:upper:]' '[:lower:]' <<<"$1" | LC_ALL=C tr -cs 'a-z0-9\n' -)
  while [[ $REPLY == [-0-9]* ]]; do REPLY=${REPLY#?}; done
  REPLY=${REPLY:0:27} REPLY=${REPLY%-}
  REPLY=${REPLY:-model}-
  for ((i = 0; i < 12; i++)); do REPLY+=${alphabet:RANDOM%36:1}; done
}

start_tuning() { # VAR BODY DATA ID  as backend_start, with the intention in the ledger
  canonical_name "$4"
  if [[ $dry_run == false ]]; then
    ledger_add "$model" sent
    at_end=note_refusal
  fi
  backend_start "$@"
  at_end=''
}

note_refusal() { # EXIT_CODE  after 75 or a signal nobody knows whether the create arrived
  case $1 in
    75 | 129 | 130 | 143) note "Whether it was created is not known. If it was, this follows it: gemtune poll $model" ;;
    *) ledger_add "$model" refused ;;
  esac
}

print_started() { # DOCUMENT  as --format says; sets started to the name of what tunes
  local kind=${format_kind:-json} keys=${format_keys:-$backend_started_keys} lines
  case $kind in json | yaml) keys=$format_keys ;; esac
  lines=$(transform --arg keys "$keys" -- "started, (.[0] | $kind(\$keys))" <<<"$1")
  started=${lines%%$'\n'*}
  ledger_add "$started" accepted
  REPLY=${lines#*$'\n'}
  [[ $kind != json ]] || escape_for 1 "$REPLY"
  print_out "$REPLY"
}
