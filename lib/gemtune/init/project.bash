# shellcheck shell=bash
# The project, which init asks for last: the client file knows a likely one.

settle_project() { # into the configuration, unless the environment says it
  setting project
  case $ORIGIN in
    --project) remember project "$REPLY" ;;
    [A-Z]*_PROJECT) note "The project that pays is [$REPLY], as $ORIGIN says." ;;
    *) ! asking || ask_project ;;
  esac
}

ask_project() {
  from_configuration project || from_client_file || from_gcloud project || from_default ''
  set -- "$REPLY"
  note ''
  until ask 'Id of the project that pays' "$1" && (ORIGIN=core/project && check_project); do :; done
  remember project "$REPLY"
}

from_client_file() {
  [[ -n $client_id_file ]] || known_client_id_file
  REPLY=$(jq -r '.installed.project_id // empty' "${client_id_file:-$REPLY}" 2>/dev/null) && [[ -n $REPLY ]]
}

remember() { # PROPERTY VALUE
  check_property "$@"
  write_property "$1" "$REPLY"
}

expect_answers() ( # where there is nobody to ask: what is not known must be a flag
  missing=''
  active_configuration
  configuration_exists "$REPLY" || GEMTUNE_CONFIG=/nowhere GEMTUNE_ACTIVE_CONFIG_NAME='' flag_configuration='' # a new one is empty
  credentials_file
  if [[ -z $client_id_file && -z $skip_login && ! -f $REPLY ]]; then
    known_client_id_file
    [[ -n $REPLY ]] || missing+=$'\n--client-id-file=FILE   the client_secret.json to log in with, or --skip-login'
  fi
  setting project
  [[ -n $REPLY ]] || missing+=$'\n--project=PROJECT_ID    the project that pays'
  [[ -z $missing ]] || die 2 "There is no terminal to ask on. Missing:" "${missing#$'\n'}"
)
