# Usage: gemtune config configurations delete NAME...
# Summary: Delete configurations
#
# The active one stays: activate another one first.
#
# Example:
#   gemtune config configurations delete work --quiet

parse_arguments 'NAME...' "$@"
active_configuration
active=" $REPLY "
activated_configuration
active+="$REPLY "

names=' '
for name in "${operands[@]}"; do
  ORIGIN=''
  check_configuration_name "$name"
  [[ $active != *" $name "* ]] ||
    die unexpected "Deleting named configuration failed because configuration [$name] is set as active." \
      "Change the active one: gemtune config configurations activate NAME"
  configuration_exists "$name" || no_configuration "Cannot delete configuration [$name], it does not exist."
  [[ $names == *" $name "* ]] || names+="$name "
done
names=${names% }

would 'delete them'
confirm "The following configurations will be deleted:${names// /$'\n - '}" y
for name in $names; do
  configuration_file "$name"
  why=$(rm -f "$REPLY" 2>&1) || cannot_write "$REPLY" "$why"
  note "Deleted [$name]."
done
