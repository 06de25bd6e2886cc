# Usage: gemtune doctor [--cron]
# Summary: Find what is wrong: tools, files, network, login, project, service
#
# Each finding has an id that stays, a state (ok, warning or error), a sentence and a next step. What needs the
# network is not looked at where there is none. Exits 0 when there is no error, else with the code that the
# first of them has in every command: 4 for the login, 5 for the project, 75 for the network.
#
#   --cron   look at it all as from cron, which starts with hardly any environment, and print the
#            lines that a crontab needs
#
# Examples:
#   gemtune doctor
#   gemtune doctor --format=json | jq '.[] | select(.state != "ok")'

parse_arguments '' "$@"
for file in "$lib"/doctor/*.bash; do
  # shellcheck source=/dev/null
  source "$file"
done

if [[ -n $flag_cron ]]; then
  compare_with_cron
  enter_cron
fi
check_tools
if ! examine backend load_backend; then
  show_findings
  return "$first_code"
fi
load_backend
check_files
if ! check_network; then
  check_without_network
elif check_login; then
  check_service
fi
show_findings
return "$first_code"
