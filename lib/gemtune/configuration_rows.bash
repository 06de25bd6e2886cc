# shellcheck shell=bash
# Configurations as rows, for show_rows.

show_configurations() { # KIND FUNCTION [KEYS]  of rows.jq, for lines of configuration_row from stdin
  show_rows "$1" "$2" "name,is_active,${properties// /,}" "${3:-}"
}

configuration_row() { # NAME ACTIVE
  local file property row=$1$'\t'
  configuration_file "$1"
  file=$REPLY
  [[ $1 == "$2" ]] && row+=true || row+=false
  for property in $properties; do
    read_ini "$file" "$property" || REPLY=''
    row+=$'\t'$REPLY
  done
  printf '%s\n' "$row"
}
