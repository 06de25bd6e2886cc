# Usage: gemtune config configurations delete NAME...
# Summary: Delete configurations
#
# The active one stays: activate another one first.
#
# Example:
#   gemtune config configurations delete work --quiet

parse_arguments 'NAME...' "$@"

expect_deletable() { # NAME  sets REPLY to its file
  local active
  active_configuration
  active=" $REPLY "
  activated_configuration
  active+="$REPLY " ORIGIN=''
  check_configuration_name "$1"
  [[ $active != *" $1 "* ]] ||
    die unexpected "Deleting named configuration failed because configuration [$1] is set as active." \
      "Change the active one: gemtune config configurations activate NAME"
  configuration_exists "$1" || no_configuration "Cannot delete configuration [$1], it does not exist."
}

names=' '
for name in "${operands[@]}"; do
  expect_deletable "$name"
  [[ $names == *" $name "* ]] || names+="$name "
done
names=${names% }

would 'delete them'
confirm "The following configurations will be deleted:${names// /$'\n - '}" y
lock_settings
for name in $names; do
  expect_deletable "$name" # still
  why=$(rm -f "$REPLY" 2>&1) || cannot_write "$REPLY" "$why"
  note "Deleted [$name]."
done
