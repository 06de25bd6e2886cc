# Usage: gemtune auth login --client-id-file=FILE [--scopes=SCOPE,...] [--[no-]browser] [--port=N] [--timeout=SECONDS]
#        gemtune auth login --remote-bootstrap=URL [--port=N] [--timeout=SECONDS]
# Summary: Log in with your own client_secret.json, in a browser here or on another machine
#
# Saves the credentials where gcloud and every Google library look for them. Make the client file on
# https://console.cloud.google.com/auth/clients: an OAuth client ID of type "Desktop app".
#
# Where no browser can reach this machine (no display, SSH, a container, Codespaces, Cloud Shell,
# Colab) it says so and offers what works on another one: a line for gcloud or gemtune there, a page
# for a bare browser there, or, with --port, a line for ssh. Paste the answer in any form. A $BROWSER
# counts as a browser; in WSL the browser of Windows is opened.
#
#   --client-id-file=FILE    the client file; - reads it from stdin (default: the property client_id_file)
#   --scopes=SCOPE,...       what to ask for (default: cloud-platform,generative-language.tuning);
#                            short names are those below https://www.googleapis.com/auth/
#   --browser                use a browser on this machine, whatever it looks like
#   --no-browser             use one on another machine
#   --remote-bootstrap=URL   be that other machine: URL is what the first one printed
#   --port=N                 where the browser answers (default: the first free one from 8085)
#   --timeout=SECONDS        how long to wait (default: 300 for a browser, no limit for a paste)
#
# Examples:
#   gemtune auth login --client-id-file=client_secret.json
#   gemtune auth login --client-id-file=client_secret.json --no-browser --port=8085

parse_arguments '' "$@"
case ${flag_browser:+x}${flag_no_browser:+x}${flag_remote_bootstrap:+x} in
  xx*) usage_error "At most one of --browser, --no-browser and --remote-bootstrap can be given." ;;
esac
arguments=(${flag_timeout:+--timeout "$flag_timeout"} ${flag_port:+--port "$flag_port"})

if [[ -n $flag_remote_bootstrap ]]; then
  py auth remote-bootstrap ${arguments[@]+"${arguments[@]}"} -- "$flag_remote_bootstrap"
  exit
fi

[[ -n $flag_client_id_file ]] || { setting client_id_file && flag_client_id_file=$REPLY; }
[[ -n $flag_client_id_file ]] || usage_error "--client-id-file is missing: Google does not let other clients tune."
arguments+=(${flag_browser:+--browser} ${flag_no_browser:+--no-browser} ${flag_scopes:+--scopes "$flag_scopes"})
emulator_folder && arguments+=(--emulator-host "$GEMTUNE_EMULATOR_HOST") &&
  credentials=$REPLY/application_default_credentials.json
[[ -n ${credentials:-} ]] || { well_known_credentials_file && credentials=$REPLY; }
token_cache "$credentials"
py auth login ${arguments[@]+"${arguments[@]}"} --credentials "$credentials" --cache "$REPLY" \
  --client-id-file "$flag_client_id_file"
