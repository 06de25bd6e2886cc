# Usage: gemtune config configurations describe NAME
# Summary: Show what is set in a configuration
#
# Example:
#   gemtune config configurations describe default

parse_arguments NAME "$@"
name=${operands[0]} ORIGIN=''
check_configuration_name "$name"
configuration_exists "$name" || no_configuration "The configuration [$name] does not exist."
[[ ! -e $REPLY ]] || check_configuration "$REPLY"
active_configuration
configuration_row "$name" "$REPLY" | show_configurations yaml configuration
