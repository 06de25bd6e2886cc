# shellcheck shell=bash
# What a person has answered, or a flag must say.

remember() { # PROPERTY VALUE
  check_property "$@"
  write_property "$1" "$REPLY"
}

expect_answers() ( # where there is nobody to ask: what is not known must be a flag
  missing=''
  active_configuration
  configuration_exists "$REPLY" ||
    GEMTUNE_CONFIG=/nowhere GEMTUNE_ACTIVE_CONFIG_NAME='' flag_configuration='' # a new one is empty
  credentials_file
  if [[ -z $flag_client_id_file && -z $flag_skip_login && ! -f $REPLY ]]; then
    known_client_id_file
    [[ -n $REPLY ]] || missing+=$'\n--client-id-file=FILE   the client_secret.json to log in with, or --skip-login'
  fi
  setting project
  [[ -n $REPLY ]] || missing+=$'\n--project=PROJECT_ID    the project that pays'
  [[ -z $missing ]] || die usage "There is no terminal to ask on. Missing:" "${missing#$'\n'}"
)
