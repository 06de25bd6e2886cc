# shellcheck shell=bash
# Where every value comes from: flag, environment, gemtune's configuration, gcloud's configuration, default.
# A function here answers in REPLY, and in ORIGIN where the answer came from: a subshell would cost a
# millisecond each, and `die` inside $(...) would only leave the subshell.

settled='project backend base_url ca_file client_id_file retry_max_time' # what `setting` knows

forget_settings() { # of another configuration; and what the caller's environment calls the same
  local name
  for name in $settled; do printf -v "settled_${name}_origin" %s ''; done
}
forget_settings

setting() { # NAME  sets REPLY and ORIGIN; settled once, however often it is asked
  local value=settled_$1 origin=settled_$1_origin
  if [[ -z ${!origin} ]]; then
    "settle_$1"
    printf -v "$value" %s "$REPLY"
    printf -v "$origin" %s "$ORIGIN"
  fi
  REPLY=${!value} ORIGIN=${!origin}
}

settle_project() {
  from_flag --project "$flag_project" || from_environment GEMTUNE_PROJECT CLOUDSDK_CORE_PROJECT GOOGLE_CLOUD_PROJECT ||
    from_configuration project || from_gcloud project || from_default ''
}

settle_backend() {
  from_flag --backend "$flag_backend" || from_environment GEMTUNE_BACKEND || from_configuration backend ||
    from_default gemini
}

settle_base_url() { # '' stands for the service's own
  from_flag --base-url "$flag_base_url" || from_emulator || from_environment GEMTUNE_BASE_URL ||
    from_configuration base_url || from_default ''
  [[ -z $REPLY ]] || check_base_url
}

settle_client_id_file() {
  from_configuration client_id_file || from_default ''
}

settle_retry_max_time() { # '' stands for the one of retry.bash
  from_flag --retry-max-time "$flag_retry_max_time" || from_environment GEMTUNE_RETRY_MAX_TIME ||
    from_configuration retry_max_time || from_default ''
  [[ -z $REPLY ]] || check_retry_max_time
}

required_project() {
  setting project
  [[ -n $REPLY ]] || die permission "No project is set, and Google must know which one pays." \
    "Name it with --project=PROJECT_ID, or once: gemtune config set project PROJECT_ID"
  check_project
}

check_project() {
  [[ $REPLY =~ ^[a-z0-9][-a-z0-9.:]*$ ]] || die usage "'$REPLY' ($ORIGIN) is not a project id." \
    "It is the id, not the name, on https://console.cloud.google.com/cloud-resource-manager"
}

from_flag() { # FLAG VALUE
  REPLY=$2 ORIGIN=$1
  [[ -n $REPLY ]]
}

from_environment() { # NAME...  an empty variable counts as unset
  for ORIGIN; do
    REPLY=${!ORIGIN:-}
    [[ -z $REPLY ]] || return 0
  done
  return 1
}

from_emulator() {
  from_environment GEMTUNE_EMULATOR_HOST || return 1
  is_loopback "http://$REPLY" ||
    die usage "GEMTUNE_EMULATOR_HOST is '$REPLY', which is not a port of this machine." \
      "Write 127.0.0.1:PORT, or leave the emulator: unset GEMTUNE_EMULATOR_HOST"
  REPLY=http://$REPLY
}

is_loopback() { # URL
  [[ $1 =~ ^http://(127\.0\.0\.1|localhost|\[::1\])(:[0-9]+)?$ ]]
}

check_base_url() { # a token must never cross a network in clear
  REPLY=${REPLY%/}
  [[ $REPLY =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$ ]] || is_loopback "$REPLY" ||
    die usage "The base URL '$REPLY' ($ORIGIN) is neither https nor on this machine." \
      "Without it the service's own is used."
}

from_default() { # VALUE
  REPLY=$1 ORIGIN=default
  [[ -n $1 ]] || ORIGIN='not set'
}
