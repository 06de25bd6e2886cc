# shellcheck shell=bash
# The settings that a configuration can hold, and how each is checked before it is written.

properties='backend base_url ca_file client_id_file project'

read_property() { # [core/]PROPERTY  sets property
  property=${1#core/}
  [[ " $properties " == *" $property "* ]] && return
  [[ $1 == core/* || $property != */* ]] || die usage "Section [${1%%/*}] does not exist." "The one there is: core"
  # shellcheck disable=SC2086 # a word each
  did_you_mean "$property" $properties
  die usage "Section [core] has no property [$property].$REPLY" "Those it has: ${properties// /, }"
}

check_property() { # PROPERTY VALUE  sets REPLY to it as it is written
  local unfit='[[:cntrl:]]|[[:space:]]$'
  REPLY=$2 ORIGIN=core/$1
  [[ -n $REPLY ]] || die usage "The $1 property is set to the empty string, which is invalid." \
    "To unset it: gemtune config unset $1"
  [[ ! $REPLY =~ $unfit ]] || die usage "The value of [core/$1] has a control character, or a blank at its end."
  case $1 in
    project) check_project ;;
    backend) check_backend ;;
    base_url) check_base_url ;;
    ca_file) check_ca_file ;;
    client_id_file) check_client_id_file ;;
  esac
}

check_client_id_file() { # what is in it, login says
  [[ $REPLY == /* ]] || REPLY=$PWD/$REPLY
  [[ -f $REPLY && -r $REPLY ]] || die usage "There is no file '$REPLY' that you can read ($ORIGIN)." \
    "It is the client_secret.json of a Desktop app: https://console.cloud.google.com/auth/clients"
}

write_property() { # PROPERTY [VALUE]  into the active configuration; without VALUE it is removed
  lock_settings
  active_configuration
  expect_configuration "$REPLY"
  [[ ! -e $REPLY ]] || check_configuration "$REPLY"
  would "change [core/$1] in $REPLY"
  change_file "$REPLY" edit_ini "$@"
}

show_configuration_name() { # on stderr, as gcloud does
  active_configuration
  note "Your active configuration is: [$REPLY]"
}
