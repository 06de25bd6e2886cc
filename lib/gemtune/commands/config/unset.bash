# Usage: gemtune config unset PROPERTY
# Summary: Remove a property from the active configuration
#
# What the environment or a flag says stays as it is.
#
# Example:
#   gemtune config unset project

parse_arguments PROPERTY "$@"
read_property "${operands[0]}"
write_property "$property"
note "Unset property [core/$property]."
