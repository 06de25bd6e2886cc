# shellcheck shell=bash
# --format: what is printed of Google's JSON.

format_kind='' format_keys=''

check_format() { # FORMAT  before anything is sent; sets format_kind and format_keys
  [[ $1 =~ ^(table|json|yaml|csv|value)(\(([]A-Za-z0-9_.,@[\ -]+)\))?$ ]] ||
    invalid --format "'$1' is none of table, json, yaml, csv, value, alone or with keys: csv(name,state)."
  format_kind=${BASH_REMATCH[1]} format_keys=${BASH_REMATCH[3]// /}
}

show() { # KIND FILTER KEYS [JQ_ARGUMENT...]  JSON from stdin; FILTER is the backend's, KIND and KEYS are defaults
  local kind=${format_kind:-$1} keys=${format_keys:-$3} output REPLY code=0
  case $kind in json | yaml) keys=$format_keys ;; esac # all, unless some are named
  output=$(transform --arg keys "$keys" "${@:4}" -- "$2 | $kind(\$keys)") || code=$?
  if ((code != 0)); then
    return $((code == nothing_came ? 0 : code)) # then what should have sent it has said why
  elif [[ -n $output ]]; then
    REPLY=$output
    [[ $kind != json ]] || escape_for 1 "$output"
    print_out "$REPLY"
  elif [[ $kind == table ]]; then
    note 'Listed 0 items.'
  fi
}

escape_for() { # DESCRIPTOR JSON  sets REPLY to the same JSON; for a terminal what could alter that is escaped in it
  REPLY=$2
  [[ ! -t $1 ]] || REPLY=$(run_jq visible escaped -R -r <<<"$2")
}

print_out() { # TEXT
  printf '%s\n' "$1" 2>/dev/null || no_room
}

no_room() { # ends the command
  die unexpected "The answer cannot be written: is the disk full?" \
    "Make room, or send it elsewhere, and run the same command again."
}
