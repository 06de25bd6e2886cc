# shellcheck shell=bash
# Named configurations: INI files, gemtune's own and gcloud's (read, never written; gcloud is not run).

checked_configuration='' # its file

from_configuration() { # PROPERTY
  active_configuration
  expect_configuration "$REPLY"
  [[ -e $REPLY ]] || return 1
  check_configuration "$REPLY"
  read_ini "$REPLY" "$1"
}

active_configuration() { # sets REPLY to its name, and ORIGIN
  from_flag --configuration "$flag_configuration" || from_environment GEMTUNE_ACTIVE_CONFIG_NAME ||
    activated_configuration
  check_configuration_name "$REPLY"
}

activated_configuration() { # the one of the file, which flag and environment override
  config_folder
  ORIGIN=$REPLY/active_config REPLY=''
  [[ ! -f $ORIGIN ]] || IFS= read -r REPLY <"$ORIGIN" || true
  REPLY=${REPLY%$'\r'}
  [[ -n $REPLY ]] || from_default default
}

configuration_file() { # NAME
  config_folder
  REPLY=$REPLY/configurations/config_$1
}

check_configuration_name() { # NAME
  local next='Names start with a lower case letter and contain only'
  next+=" lower case letters a-z, digits 0-9, and hyphens '-'."
  [[ ! $1 =~ ^[a-z][-a-z0-9]*$ ]] || return 0
  next+=${ORIGIN:+$'\n'Choose one: gemtune config configurations activate NAME}
  die usage "Invalid name [${1//[^[:print:]]/?}] for a configuration${ORIGIN:+ ($ORIGIN)}." "$next"
}

check_configuration() { # FILE
  REPLY=$1
  [[ $1 != "$checked_configuration" ]] || return 0
  [[ -f $1 && -r $1 ]] || die unexpected "$1 is not a file that you can read." "Mend that, or remove it."
  check_ini "$1" "$properties"
  REPLY=$1 checked_configuration=$1
}

configuration_exists() { # NAME  sets REPLY to its file, which default does not need as long as no other is activated
  local activated=$1
  configuration_file "$1"
  [[ $1 != default || ! -f ${REPLY%/*/*}/active_config ]] ||
    IFS= read -r activated <"${REPLY%/*/*}/active_config" || true
  [[ -f $REPLY || ($1 == default && $activated == default) ]]
}

expect_configuration() { # NAME  sets REPLY to its file; another shell may have deleted what ORIGIN names
  local next=''
  ! configuration_exists "$1" || return 0
  case $ORIGIN in
    GEMTUNE_ACTIVE_CONFIG_NAME) next="unset GEMTUNE_ACTIVE_CONFIG_NAME" ;;
    */active_config) next="gemtune config configurations activate NAME" ;;
  esac
  no_configuration "There is no configuration [$1] ($ORIGIN)." "$next"
}

no_configuration() { # WHAT [NEXT_STEP]
  configuration_names
  REPLY=${REPLY# }
  [[ -n $REPLY ]] || die not_found "$1" "There is none. Make one: gemtune config configurations create NAME"
  die not_found "$1" "Those there are: ${REPLY// /, }${2:+$'\n'$2}"
}

activate_configuration() { # NAME
  config_folder
  set -- "$1" "$REPLY"
  [[ -f $2/active_config || -f $2/configurations/config_default ]] ||
    change_file "$2/configurations/config_default" true # which was there without a file until now
  change_file "$2/active_config" become "$1"
  note "Activated [$1]."
  ! from_environment GEMTUNE_ACTIVE_CONFIG_NAME || [[ $REPLY == "$1" ]] ||
    note "WARNING: In this shell GEMTUNE_ACTIVE_CONFIG_NAME overrides it with [$REPLY]."
}

configuration_names() { # sets REPLY to them, sorted, a blank before each
  local file name names='' LC_ALL=C
  config_folder
  ! configuration_exists default || [[ -f $REPLY ]] || names=' default'
  for file in "${REPLY%/*}"/config_*; do
    name=${file##*/config_}
    [[ ! -f $file || ! $name =~ ^[a-z][-a-z0-9]*$ ]] || names+=" $name"
  done
  REPLY=$names
}

from_gcloud() { # PROPERTY
  local folder=${CLOUDSDK_CONFIG:-${HOME:-}/.config/gcloud} active=default
  [[ ! -r $folder/active_config ]] || IFS= read -r active <"$folder/active_config" || [[ $active ]] || active=default
  read_ini "$folder/configurations/config_${CLOUDSDK_ACTIVE_CONFIG_NAME:-$active}" "$1"
}
