# shellcheck shell=bash
# The only curl. A request is tried again when that can help, and every status has its exit code.

retry_budget=120 # seconds of waiting in all
exec 3>&1        # where --dry-run prints, also from inside a pipe

request() { # METHOD PATH [BODY [STATUS_THE_CALLER_HANDLES]]  sets REPLY to the body, status, attempt
  local method=$1 path=$2 body=${3:-} handled=${4:-} base_url token waited=0 renewed=false
  setting base_url
  base_url=$REPLY
  debug "$method $base_url$path (base URL: $ORIGIN)"
  backend_headers
  [[ $dry_run == false ]] || print_curl
  need curl
  access_token
  token=$REPLY attempt=1
  until send && settled; do ((attempt += 1)); done
}

settled() { # fails when it is worth another attempt; ends the command when there is no sense in one
  case $status in
    "$handled") return 0 ;;
    2*) expect_json ;;
    401) renew_token && return 1 ;;
    408 | 429 | 500 | 502 | 503 | 504 | lost) wait_to_retry && return 1 ;;
    *) refuse ;;
  esac
}

renew_token() { # once: the service may have forgotten a token that looked fresh
  [[ $renewed == false ]] || refuse
  access_token "$token"
  token=$REPLY renewed=true
}

print_pages() { # PATH_WITH_QUERY  every page, as nextPageToken leads on
  local page_token
  request GET "$1"
  while printf '%s\n' "$REPLY" && [[ $REPLY == *'"nextPageToken"'* ]]; do
    page_token=$(jq -r '.nextPageToken | @uri' <<<"$REPLY")
    request GET "$1&pageToken=$page_token"
  done
}

send() { # sets status (lost: the connection broke), reason, head and REPLY from the variables of request
  local answer code=0 arguments=(--request "$method" --url "$base_url$path")
  [[ -z $body ]] || arguments+=(--header 'Content-Type: application/json' --data-binary @-)
  ! is_loopback "$base_url" || arguments+=(--noproxy '*')
  answer=$(curl -q --silent --include --suppress-connect-headers --max-time 300 --connect-timeout 30 \
    --user-agent gemtune --write-out '\n%{http_code} %{errormsg}' "${arguments[@]}" \
    --header @<(printf 'Authorization: Bearer %s\n' "$token" && printf '%s\n' "${headers[@]}") <<<"$body") || code=$?
  status=${answer##*$'\n'} answer=${answer%$'\n'*} head=''
  reason=${status#* } status=${status%% *}
  while [[ $answer == HTTP/* ]]; do # "100 Continue" comes before the answer proper
    head=${answer%%$'\r\n\r\n'*}
    [[ $answer == *$'\r\n\r\n'* ]] && answer=${answer#*$'\r\n\r\n'} || answer=''
  done
  REPLY=$answer
  ((code == 0)) || no_answer "$code"
  [[ $log_http == false ]] || log_exchange
}

no_answer() { # CURL_EXIT_CODE  a broken connection may be tried again, an address that does not answer not
  case $1 in
    18 | 52 | 55 | 56 | 92) status=lost head='' REPLY='' ;;
    *)
      ! is_loopback "$base_url" || die 75 "No emulator answers at $base_url." "Start it: gemtune emulator start &"
      die 75 "$base_url did not answer: ${reason:-curl exit $1}." "Is the address right and the network up?"
      ;;
  esac
}

expect_json() {
  [[ $REPLY == [\{\[]* ]] ||
    die 1 "$base_url answered something that is not JSON: $(first_words) ($status)" \
      "A proxy or a wrong base URL does that; look with --log-http."
}

first_words() {
  local words
  words=$(LC_ALL=C tr -cs '[:alnum:][:punct:]' ' ' <<<"${REPLY:0:60}")
  printf %s "${words% }"
}

wait_to_retry() { # full jitter, unless the service names a time
  local pattern=$'\n[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *([0-9]+)' ceiling delay
  read_error
  ceiling=$((attempt < 6 ? 1000 << attempt : 64000))
  delay=$(((RANDOM * 32768 + RANDOM) % ceiling))
  [[ ! $head =~ $pattern ]] || delay=$((BASH_REMATCH[1] * 1000))
  [[ -z $error_delay ]] || delay=$error_delay
  ((waited += delay, waited <= retry_budget * 1000)) && [[ $error_reason != PER_DAY ]] || refuse
  printf -v delay '%d.%03d' $((delay / 1000)) $((delay % 1000))
  note "$status ${error_message%%$'\n'*} Trying again in $delay s (attempt $((attempt + 1)))."
  sleep "$delay"
}
