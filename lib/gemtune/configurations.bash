# shellcheck shell=bash
# Named configurations: INI files, gemtune's own and gcloud's (read, never written; gcloud is not run).

from_configuration() { # NAME
  active_configuration
  read_ini "$REPLY" core "$1"
}

active_configuration() { # the INI file of gemtune's active configuration
  local folder name=default
  config_folder
  folder=$REPLY
  if ! from_flag --configuration "$flag_configuration" && ! from_environment GEMTUNE_ACTIVE_CONFIG_NAME; then
    [[ ! -r $folder/active_config ]] || IFS= read -r name <"$folder/active_config" || [[ $name ]] || name=default
    REPLY=$name
  fi
  [[ $REPLY =~ ^[a-z][-a-z0-9]*$ ]] || die 2 "'$REPLY' is not the name of a configuration."
  REPLY=$folder/configurations/config_$REPLY
}

from_gcloud() { # NAME
  local folder=${CLOUDSDK_CONFIG:-${HOME:-}/.config/gcloud} active=default
  [[ ! -r $folder/active_config ]] || IFS= read -r active <"$folder/active_config" || [[ $active ]] || active=default
  read_ini "$folder/configurations/config_${CLOUDSDK_ACTIVE_CONFIG_NAME:-$active}" core "$1"
}

read_ini() { # FILE SECTION KEY
  local line section='' pattern='^[[:space:]]*([a-z_]+)[[:space:]]*[=:][[:space:]]*(.*[^[:space:]])[[:space:]]*$'
  [[ -r $1 ]] || return 1
  while IFS= read -r line || [[ $line ]]; do
    [[ $line != \[*\]* ]] || section=${line%%\]*}
    if [[ $section == "[$2" && $line =~ $pattern && ${BASH_REMATCH[1]} == "$3" ]]; then
      REPLY=${BASH_REMATCH[2]} ORIGIN=$1
      return
    fi
  done <"$1"
  return 1
}
