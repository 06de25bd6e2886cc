# Usage: gemtune config configurations create NAME [--no-activate]
# Summary: Create a configuration, and activate it
#
# NAME has lower case letters, digits and hyphens, and starts with a letter.
#
#   --no-activate   leave the active one as it is
#
# Example:
#   gemtune config configurations create work

parse_arguments NAME "$@"
name=${operands[0]} ORIGIN=''
check_configuration_name "$name"
lock_settings
! configuration_exists "$name" || die unexpected "Cannot create configuration [$name], it already exists." \
  "To use it: gemtune config configurations activate $name"
would "create [$name]"
change_file "$REPLY" true
note "Created [$name]."
if [[ -n $flag_no_activate ]]; then
  note "To use this configuration, activate it by running:"$'\n'"  $ gemtune config configurations activate $name"
else
  activate_configuration "$name"
fi
