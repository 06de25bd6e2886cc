# Usage: gemtune config get PROPERTY
# Summary: Print the value of a property, wherever it comes from
#
# PROPERTY is project, backend, base_url, ca_file, client_id_file or retry_max_time; core/project is the same as
# project. Where there is no value, (unset) is said on stderr.
#
# Example:
#   gemtune config get project

parse_arguments PROPERTY "$@"
read_property "${operands[0]}"
setting "$property"
value=$REPLY
active_configuration
[[ $REPLY == default ]] || show_configuration_name
[[ -n $value ]] || { note '(unset)' && exit; }
print_out "$value"
