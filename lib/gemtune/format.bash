# shellcheck shell=bash
# --format: the one jq of a command turns Google's JSON into what is printed.

show() { # FORMAT FILTER KEYS  JSON from stdin; FILTER is a function of the backend's .jq, KEYS the default columns
  local kind=${flag_format:-$1} filter=$2 keys=$3 output
  [[ $kind =~ ^(table|json|yaml|csv|value)(\(([A-Za-z0-9_.,\ ]+)\))?$ ]] ||
    usage_error "Invalid value for [--format]: '$kind'."
  kind=${BASH_REMATCH[1]} keys=${BASH_REMATCH[3]:-$keys}
  output=$(transform --arg kind "$kind" --arg keys "$keys" -- "$filter | show(\$kind; \$keys)")
  if [[ -n $output ]]; then
    printf '%s\n' "$output"
  elif [[ $kind == table ]]; then
    note 'Listed 0 items.'
  fi
}

transform() { # [JQ_ARGUMENT...] -- PROGRAM  with the functions of format.jq and of the backend's .jq
  local arguments=() complaints=3
  need jq
  # jq's own words are for --verbosity=debug
  [[ $verbosity != debug ]] || complaints=2
  while [[ $1 != -- ]]; do arguments+=("$1") && shift; done
  jq -L "$lib" -s -r ${arguments[@]+"${arguments[@]}"} \
    "include \"format\"; include \"backends/$backend\"; $2" 3>/dev/null 2>&"$complaints" ||
    die 1 "The service's answer cannot be read as JSON." "Look at it with --log-http."
}
