# shellcheck shell=bash
# A request as a person may see it, without the secret: --log-http and --dry-run.

log_exchange() { # on stderr, which may be full: nothing hangs on it
  {
    printf '%s\n' "> $method ${url#"$server"}" '> Authorization: Bearer [redacted]' "> ${headers//$'\n'/$'\n'> }" \
      "$body" "$head" '' "$REPLY" |
      tr -d '\r' | run_jq visible visible -R -r >&5
  } 5>&2 2>/dev/null || true
}

log_transfer() { # INDEX  of rounds
  local body
  body=$(<"$folder/$1.body") head=$(<"$folder/$1.head") REPLY=$(<"$folder/$1.reply")
  log_exchange
}

log_request() { # "STATUS CURL_EXIT_CODE CURL'S WORDS<TAB>SECONDS"  into the file of --log-file
  local level=WARNING words=$1 seconds=null code=${1%% *} quoted REPLY
  [[ -n $log_file ]] || return 0
  [[ ! $1 =~ $'\t'([0-9]+(\.[0-9]+)?)$ ]] || { seconds=${BASH_REMATCH[1]} words=${1%$'\t'*}; }
  [[ $code != [23]?? ]] || level=INFO
  [[ $code == [1-5]?? ]] || code=null
  words=${words#* } && words=${words#* }
  redact "$url" && quote_for_json "$REPLY" && quoted=$REPLY
  log "$level" "$method ${url%%\?*}: ${1%% *}${words:+ $words}" \
    ",\"method\":\"$method\",\"url\":$quoted,\"status\":$code,\"seconds\":$seconds,\"attempt\":$attempt"
}

print_curl() { # the request as a user would paste it; ends the command
  local header text
  text=$(
    printf 'curl -X %s "%s" \\\n' "$method" "$url"
    printf '  -H "Authorization: Bearer $(gemtune auth print-access-token)"'
    while IFS= read -r header; do printf " \\\\\n  -H '%s'" "$header"; done <<<"$headers"
    [[ -z $type ]] || printf " \\\\\n  -H 'Content-Type: %s'" "$type"
    [[ -z $file ]] || printf ' \\\n  --upload-file %q' "$file"
    [[ -z $body ]] || printf " \\\\\n  --data-binary @- <<'END'\n%s\nEND" "$body"
  )
  print_out "$text" >&3
  exit 0
}
