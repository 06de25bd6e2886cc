# shellcheck shell=bash
# The access token: the cached one while it is fresh, with no fork and no network, else Python's.

access_token() { # sets REPLY
  local credentials cache host=''
  # from here on a trace would print the token
  { set +x; } 2>/dev/null
  credentials_file
  credentials=$REPLY
  token_cache "$credentials"
  cache=$REPLY
  read_fresh_token "$cache" "$credentials" && return
  emulator_folder && host=$GEMTUNE_EMULATOR_HOST
  REPLY=$(py auth token --credentials "$credentials" --cache "$cache" ${host:+--emulator-host "$host"}) || exit
}

read_fresh_token() { # CACHE CREDENTIALS  equal times mean that the cache was made from these very credentials
  local line='' pattern='^\{"access_token":"([A-Za-z0-9._~+/=-]+)","expires_at":([0-9]+),"credentials":"(.*)"\}$'
  [[ -O $1 && ! $1 -nt $2 && ! $1 -ot $2 ]] || return 1
  IFS= read -r line <"$1" || true
  [[ $line =~ $pattern && ${BASH_REMATCH[3]} == "$2" ]] || return 1
  ((BASH_REMATCH[2] > ${EPOCHSECONDS:-$(date +%s)} + 60)) || return 1
  REPLY=${BASH_REMATCH[1]}
}

forget_token() { # the service refused it: the next one must come fresh from the token server
  credentials_file
  token_cache "$REPLY"
  rm -f -- "$REPLY"
}
