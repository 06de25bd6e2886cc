# Usage: gemtune init [--configuration=NAME] [--client-id-file=FILE] [--project=PROJECT_ID]
#            [--no-browser] [--skip-login]
# Summary: Set gemtune up: a configuration, a login, a project, and a first list to prove it
#
# Asks for what is not given, and says where client_secret.json is made. Where there is no terminal, and
# with --quiet, it asks nothing: what is set already stays, and the flags that are missing are named.
# It can be run again at any time. --configuration names the configuration to use, which is made if
# there is none; --project the project that pays.
#
#   --client-id-file=FILE   the client_secret.json of a Desktop app, to log in with
#   --no-browser            log in with a browser on another machine
#   --skip-login            leave the login as it is
#
# Examples:
#   gemtune init
#   gemtune init --configuration=work --client-id-file=client_secret.json --project=my-project

parse_arguments '' "$@"
for file in "$lib"/init/*.bash; do
  # shellcheck source=/dev/null
  source "$file"
done
would 'set gemtune up'
asking || expect_answers

settle_configuration
if [[ -z $flag_skip_login ]] && { [[ -n $flag_client_id_file ]] || ! keep_login; }; then
  settle_login ${flag_no_browser:+--no-browser}
fi
choose_project

note $'\n$ gemtune list'
"$root/bin/gemtune" list --configuration="$flag_configuration" ||
  die $? "The settings are saved, but the first list failed." "Once that is mended: gemtune list"
note $'\ngemtune is set up. Next:\n  gemtune config list\n  gemtune models list --tunable'
