# shellcheck shell=bash
# The way to the service: where it leads, through which proxy, trusting whom, and whether the clock is right.

check_network() { # fails where the service cannot be reached
  examine base-url use_backend || return
  use_backend
  setting base_url
  fine base-url "$base_url${REPLY:+ ($ORIGIN)}"
  check_certificates || return
  check_proxy
  check_connection
}

with_origin() { # COMMAND...  prints what it answers, and where that came from
  "$@"
  [[ -z $REPLY ]] || printf '%s (%s)\n' "$REPLY" "$ORIGIN"
}

check_certificates() { # fails where nothing can be trusted
  local name used named_by
  examine ca-file with_origin certificates || return
  used=${REPLY%% (*} named_by=${REPLY##*(}
  if [[ -f $used ]] && ! grep -q 'BEGIN.*CERTIFICATE' "$used"; then
    wrong 1 ca-file "There is no certificate in $REPLY." "Name a file in PEM form: --ca-file=FILE"
    return 1
  fi
  for name in CURL_CA_BUNDLE REQUESTS_CA_BUNDLE SSL_CERT_FILE; do
    [[ -z ${!name:-} || ${!name} == "$used" ]] || {
      doubtful ca-file "$used (${named_by%)}) is trusted, though $name names ${!name}." \
        "Let them name the same, or: unset $name"
      return
    }
  done
  fine ca-file "curl and Python trust ${REPLY:-what each brings along}"
}

check_proxy() {
  local pattern='^([a-z0-9]+://)[^@/]*@'
  if is_loopback "$base_url"; then
    fine proxy "None is asked about this machine."
  elif proxy; then
    [[ ! $REPLY =~ $pattern ]] || REPLY=${BASH_REMATCH[1]}...@${REPLY#*@} # a password may be in it
    fine proxy "curl and Python go through $REPLY ($ORIGIN)${NO_PROXY:+, but not to $NO_PROXY}"
  else
    fine proxy "None is set."
  fi
}

check_connection() { # fails where there is none
  local code exit_code seconds words server=https://oauth2.googleapis.com/token
  probe "$base_url"
  read -r code exit_code seconds words <<<"${REPLY##*$'\n'}"
  if [[ $exit_code != 0 ]]; then
    server=$base_url
    examine connection refuse_connection "$exit_code" "$words"
    return 1
  fi
  fine connection "$base_url answers curl in ${seconds:0:5} s ($code)."
  check_clock "$REPLY"
  ! is_loopback "$base_url" || return 0
  examine connection-python py doctor reach "$server" || return
  fine connection-python "$REPLY"
}

check_clock() { # HEAD
  local date=$'\n[Dd][Aa][Tt][Ee]: *([^\r\n]+)' now=${EPOCHSECONDS:-$(date +%s)} off
  [[ $1 =~ $date ]] && REPLY=$(seconds_of "${BASH_REMATCH[1]}") || return 0
  off=$((now - REPLY))
  if ((off > -30 && off < 30)); then
    fine clock-skew "The clock is right."
    return
  fi
  find_refusal clock-skew
  set -- clock-skew "The clock of this machine is ${off#-} s $( ((off > 0)) && echo fast || echo slow)." \
    "${refusal_next%%;*}"
  if ((off > -300 && off < 300)); then doubtful "$@"; else wrong 1 "$@"; fi
}

seconds_of() { # DATE_OF_HTTP  prints them, since 1970; fails for what is no such date
  LC_ALL=C run_jq '' '$date | strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime' -n -r --arg date "$1"
}
