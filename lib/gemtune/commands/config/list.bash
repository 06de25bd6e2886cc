# Usage: gemtune config list [PROPERTY]
# Summary: Show the properties in force, and where each comes from
#
# stdout has those that have a value, as in the file of a configuration; stderr says the origin of each,
# and --quiet leaves that out. With --format there are a name, a value and an origin.
#
# Examples:
#   gemtune config list
#   gemtune config list --format='value(name,origin)'

parse_arguments '[PROPERTY]' "$@"
property=''
if ((${#operands[@]} > 0)); then
  read_property "${operands[0]}"
fi

values='' origins='' rows=''
for property in ${property:-$properties}; do
  setting "$property"
  [[ -z $REPLY ]] || values+="$property = $REPLY"$'\n'
  printf -v line '  %-15s %s\n' "$property" "$ORIGIN"
  origins+=$line rows+="$property"$'\t'"$REPLY"$'\t'"$ORIGIN"$'\n'
done

if [[ -n $format_kind ]]; then
  printf %s "$rows" | show_rows table objects name,value,origin
else
  [[ -z $values ]] || print_out "[core]"$'\n'"${values%$'\n'}"
  [[ $quiet == true ]] || { note '' && show_configuration_name && note "${origins%$'\n'}"; }
fi
