# Usage: gemtune config configurations activate NAME
# Summary: Make a configuration the active one
#
# For one command there is --configuration=NAME, for one shell GEMTUNE_ACTIVE_CONFIG_NAME.
#
# Example:
#   gemtune config configurations activate work

parse_arguments NAME "$@"
name=${operands[0]} ORIGIN=''
check_configuration_name "$name"
lock_settings
configuration_exists "$name" || no_configuration "Cannot activate configuration [$name], it does not exist."
would "activate [$name]"
activate_configuration "$name"
