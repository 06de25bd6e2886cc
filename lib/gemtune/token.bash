# shellcheck shell=bash
# The access token: the cached one while it is fresh, with no fork and no network, else Python's.

# what it is wanted for: the flags of print-access-token set these
token_min_ttl=60 token_scopes='' token_account=''

# a name that the caller has exported would take the token into every child's environment
export -n REPLY token token_line refused
SECONDS=0 # since this caller began

access_token() { # [REFUSED_TOKEN]  sets REPLY, and token_line to the cache's line; a refused token is not served again
  local credentials='' refused=${1:-}
  has_fresh_token && [[ $REPLY != "$refused" ]] || buy_token
}

has_fresh_token() { # sets REPLY and token_line to it, and credentials to the file whose it is
  # from here on a trace would print the token
  { set +x; } 2>/dev/null
  credentials_file
  credentials=$REPLY
  token_cache "$credentials"
  read_cache "$REPLY"
}

read_cache() { # CACHE
  # fails unless it holds a fresh token of what is wanted; equal times mean: of these very credentials
  local source=$credentials
  [[ -O $1 ]] || return 1
  if [[ -e $credentials ]]; then
    [[ ! $1 -nt $credentials && ! $1 -ot $credentials ]] || return 1
  else
    [[ ${NO_GCE_CHECK:-} != true ]] || return 1
    source=metadata:${GCE_METADATA_HOST:-metadata.google.internal}
  fi
  IFS= read -r token_line <"$1" || true
  [[ $token_line == *",\"credentials\":\"$source\",\"scopes\":\"$token_scopes\","* &&
    $token_line == *",\"impersonated_account\":\"$token_account\"}" ]] &&
    split_token && ((BASH_REMATCH[2] > ${EPOCHSECONDS:-$(date +%s)} + token_min_ttl))
}

split_token() { # sets REPLY to the token in token_line
  local pattern='^\{"access_token":"([A-Za-z0-9._~+/=-]+)","expires_at":([0-9]+),"credentials":'
  [[ $token_line =~ $pattern ]] && REPLY=${BASH_REMATCH[1]}
}

buy_token() {
  began
  token_line=$(printf %s "$refused" |
    py_login token --began "$REPLY" --min-ttl "$token_min_ttl" ${token_scopes:+--scopes "$token_scopes"} \
      ${token_account:+--impersonated-account "$token_account"} ${refused:+--refused-on-stdin}) || exit
  split_token || die unexpected "Python's answer holds no token."
}

began() { # sets REPLY to the second in which this command began: a login that failed after that is not tried again
  REPLY=$((${EPOCHSECONDS:-$(date +%s)} - SECONDS))
}

py_login() { # VERB ARGUMENT...  Python, told where the login in credentials and its tokens are
  local host=''
  emulator_folder && host=$GEMTUNE_EMULATOR_HOST
  token_cache "$credentials"
  py auth "$1" --credentials "$credentials" --cache "$REPLY" ${host:+--emulator-host "$host"} "${@:2}"
}
