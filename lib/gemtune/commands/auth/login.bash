# Usage: gemtune auth login --client-id-file=FILE [--scopes=SCOPE,...] [--no-browser] [--port=N] [--timeout=SECONDS]
#        gemtune auth login --remote-bootstrap=URL [--port=N] [--timeout=SECONDS]
# Summary: Log in with your own client_secret.json, in a browser here or on another machine
#
# Saves the credentials where gcloud and every Google library look for them. Make the client file on
# https://console.cloud.google.com/apis/credentials: an OAuth client ID of type "Desktop app".
#
#   --client-id-file=FILE    the client file; - reads it from stdin
#   --scopes=SCOPE,...       what to ask for (default: cloud-platform,generative-language.tuning);
#                            short names are those below https://www.googleapis.com/auth/
#   --no-browser             there is no browser here: print a line for a machine that has one, and
#                            ask for what it prints
#   --remote-bootstrap=URL   be that machine: URL is what the other one printed
#   --port=N                 where the browser answers (default: the first free one from 8085)
#   --timeout=SECONDS        how long to wait for the browser (default: 300)
#
# Examples:
#   gemtune auth login --client-id-file=client_secret.json
#   gemtune auth login --client-id-file=client_secret.json --no-browser

client_id_file='' scopes='' browser=true remote_bootstrap='' port='' timeout=300
flag() {
  case $1 in
    --client-id-file) value client_id_file "$@" ;;
    --scopes) value scopes "$@" ;;
    --no-browser) browser=false ;;
    --remote-bootstrap) value remote_bootstrap "$@" ;;
    --port) value port "$@" ;;
    --timeout) value timeout "$@" ;;
    *) return 1 ;;
  esac
}
parse_arguments '' "$@"
check_number --port "$port" integer
check_number --timeout "$timeout" number
arguments=(--timeout "$timeout" ${port:+--port "$port"})

if [[ -n $remote_bootstrap ]]; then
  [[ $browser == true ]] || usage_error "--remote-bootstrap is for the machine with the browser."
  py auth remote-bootstrap "${arguments[@]}" -- "$remote_bootstrap"
  exit
fi

[[ -n $client_id_file ]] || usage_error "--client-id-file is missing: Google does not let other clients tune."
[[ $browser == true ]] || arguments+=(--no-browser)
emulator_folder && arguments+=(--emulator-host "$GEMTUNE_EMULATOR_HOST") && credentials=$REPLY/application_default_credentials.json
[[ -n ${credentials:-} ]] || { well_known_credentials_file && credentials=$REPLY; }
token_cache "$credentials"
py auth login "${arguments[@]}" ${scopes:+--scopes "$scopes"} --credentials "$credentials" --cache "$REPLY" \
  --client-id-file "$client_id_file"
