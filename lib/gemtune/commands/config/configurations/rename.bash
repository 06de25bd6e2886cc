# Usage: gemtune config configurations rename NAME --new-name=NEW_NAME
# Summary: Rename a configuration
#
#   --new-name=NEW_NAME   what it is to be called
#
# Example:
#   gemtune config configurations rename work --new-name=play

parse_arguments NAME "$@"
[[ -n $flag_new_name ]] || usage_error '--new-name is missing.'
name=${operands[0]}
lock_settings
activated_configuration
activated=$REPLY
active_configuration
active=$REPLY ORIGIN=''
check_configuration_name "$name"
check_configuration_name "$flag_new_name"
configuration_exists "$name" || no_configuration "Cannot rename configuration [$name], it does not exist."
file=$REPLY
[[ $name != "$active" && $name != "$activated" ]] ||
  die unexpected "Cannot rename configuration [$name], it is the currently active configuration." \
    "Change the active one: gemtune config configurations activate NAME"
! configuration_exists "$flag_new_name" ||
  die unexpected "Cannot rename configuration [$name], [$flag_new_name] already exists."
would "rename [$name] to [$flag_new_name]"
why=$(mv "$file" "$REPLY" 2>&1) || cannot_write "$REPLY" "$why"
note "Renamed [$name] to be [$flag_new_name]."
