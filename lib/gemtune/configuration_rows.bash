# shellcheck shell=bash
# Configurations as rows, for show_rows.

configuration_columns=name,is_active,backend,base_url,ca_file,client_id_file,project # and every one of properties, in its order

configuration_row() { # NAME ACTIVE  a line of configuration_columns
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
