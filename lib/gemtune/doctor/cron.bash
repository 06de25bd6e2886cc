# shellcheck shell=bash
# What cron's environment lacks of this shell's, and then: that environment.

compare_with_cron() {
  local name names='' lines='' cron_path=/usr/bin:/bin program=$root/bin/gemtune
  for name in $(compgen -e); do
    case $name in
      GEMTUNE_RUN_ID) continue ;;
      GEMTUNE_* | CLOUDSDK_* | GOOGLE_APPLICATION_CREDENTIALS | GOOGLE_CLOUD_PROJECT | XDG_*_HOME) ;;
      CURL_CA_BUNDLE | REQUESTS_CA_BUNDLE | SSL_CERT_FILE | *_proxy | *_PROXY) ;;
      *) continue ;;
    esac
    [[ -n ${!name} ]] || continue
    names+=", $name" lines+=$(cron_line "$name")$'\n'
  done
  has_tools "$cron_path" || names+=', PATH' lines+=$(cron_line PATH)$'\n'
  [[ $program != *[[:blank:]]* ]] || program="'$program'"
  lines+="0 9 * * *  $program auth status --min-valid=48h --quiet"
  if [[ -n $names ]]; then
    doubtful cron "Cron does not know what this shell has in ${names#, }." \
      $'Write into the crontab (crontab -e):\n'"$lines"
  else
    finding ok cron "Cron needs nothing that this shell has. A line for the crontab:" "$lines"
  fi
}

cron_line() { # NAME  as a crontab takes it; a value that may hold a password stays out of what doctor says
  case ${!1} in
    *://*@* | *$'\n'*) printf '%s=...' "$1" ;;
    *) printf '%s=%s' "$1" "${!1}" ;;
  esac
}

has_tools() ( # PATH
  unset GEMTUNE_PYTHON
  PATH=$1
  hash -r
  need curl && need jq && find_python
) >/dev/null 2>&1

enter_cron() { # for all that follows
  local name
  for name in $(compgen -e); do
    case $name in
      HOME | LOGNAME | PWD) ;;
      [A-Z]* | *_proxy) unset "$name" 2>/dev/null || true ;;
      *) export -n "${name?}" ;; # it may be a variable of gemtune's own
    esac
  done
  export PATH=/usr/bin:/bin SHELL=/bin/sh
  hash -r
}
