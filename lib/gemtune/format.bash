# shellcheck shell=bash
# --format: the one jq of a command turns Google's JSON into what is printed.

format_kind='' format_keys='' jq_modules='include "visible"; include "format";'
nothing_came=9 # of transform

check_format() { # FORMAT  before anything is sent; sets format_kind and format_keys
  [[ $1 =~ ^(table|json|yaml|csv|value)(\(([]A-Za-z0-9_.,@[\ -]+)\))?$ ]] ||
    invalid --format "'$1' is none of table, json, yaml, csv, value, alone or with keys: csv(name,state)."
  format_kind=${BASH_REMATCH[1]} format_keys=${BASH_REMATCH[3]// /}
}

show() { # KIND FILTER KEYS [JQ_ARGUMENT...]  JSON from stdin; FILTER is the backend's, KIND and KEYS are defaults
  local kind=${format_kind:-$1} keys=${format_keys:-$3} output code=0
  case $kind in json | yaml) keys=$format_keys ;; esac # all, unless some are named
  output=$(transform --arg keys "$keys" "${@:4}" -- "$2 | $kind(\$keys)") || code=$?
  if ((code != 0)); then
    return $((code == nothing_came ? 0 : code)) # then what should have sent it has said why
  elif [[ -n $output ]]; then
    printf '%s\n' "$output" 2>/dev/null ||
      die 1 "The answer cannot be written: is the disk full?" "Make room, or send it elsewhere, and run the same command again."
  elif [[ $kind == table ]]; then
    note 'Listed 0 items.'
  fi
}

transform() { # [JQ_ARGUMENT...] -- PROGRAM  with the functions of format.jq and of the backend's folder
  local part arguments=() modules=$jq_modules complaints=3 code=0
  need jq
  for part in ${backend:+models tuning inference}; do modules+=" include \"backends/$backend/$part\";"; done
  # jq's own words are for --verbosity=debug
  [[ $verbosity != debug ]] || complaints=2
  while [[ $1 != -- ]]; do arguments+=("$1") && shift; done
  jq -L "$lib" -s -r ${arguments[@]+"${arguments[@]}"} "$modules
    if . == [] then \"\" | halt_error($nothing_came) else $2 end" 3>/dev/null 2>&"$complaints" || code=$?
  ((code == 0 || code == nothing_came)) ||
    die 1 "The service's answer cannot be read as JSON." "Look at it with --log-http."
  return "$code"
}
