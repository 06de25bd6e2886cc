# Usage: gemtune config configurations list
# Summary: List your configurations, and what is set in each
#
# Example:
#   gemtune config configurations list --format='value(name)'

parse_arguments '' "$@"
active_configuration
active=$REPLY
configuration_names
names=$REPLY

for name in $names; do
  configuration_row "$name" "$active"
done | show_configurations table objects name,is_active,project,backend,base_url
