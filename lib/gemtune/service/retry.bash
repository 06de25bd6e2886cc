# shellcheck shell=bash
# What an answer means for the request: it stands, it is tried again after a while, or it ends the command.

retry_budget=120 # seconds of waiting in all

settled() { # fails when it is worth another attempt; ends the command when there is no sense in one
  [[ " $handled " != *" $status "* ]] || return 0
  case $status in
    2*) expect_good ;;
    401) renew_token && return 1 ;;
    408 | 429 | 500 | 502 | 503 | 504 | lost) wait_to_retry && return 1 ;;
    *) refuse ;;
  esac
}

take_apart() { # ANSWER  with the line that curl ends it with; by bytes, for it may be a long list
  local answer=$1 report LC_ALL=C
  report=${answer##*$'\n'} answer=${answer%$'\n'*} head=''
  while [[ $answer == HTTP/* ]]; do # "100 Continue" comes before the answer proper
    head=${answer%%$'\r\n\r\n'*}
    [[ $answer == *$'\r\n\r\n'* ]] && answer=${answer#*$'\r\n\r\n'} || answer=''
  done
  REPLY=$answer
  read_report "$report"
  [[ $log_http == false ]] || log_exchange
}

read_report() { # "STATUS CURL_EXIT_CODE CURL'S WORDS"  sets status and reason; a broken connection may be tried again
  status=${1%% *} reason=${1#* }
  case $reason in # a proxy's word is its last
    56\ *CONNECT*\ 4[0-9][0-9]* | 56\ *\ 4[0-9][0-9]*CONNECT*) refuse_connection 56 "${reason#* }" ;;
  esac
  case ${reason%% *} in
    0) reason=${reason#* } ;;
    18 | 52 | 55 | 56 | 92) status=lost head='' REPLY='' reason=${reason#* } ;;
    *) refuse_connection "${reason%% *}" "${reason#* }" ;;
  esac
}

expect_good() { # an answer of the kind that the caller can do something with
  [[ $good == any || $REPLY == [\{\[]* || ($good == empty && -z $REPLY) ]] ||
    die unexpected "$server answered something that is not JSON: $(first_words) ($status)" \
      "A proxy or a wrong base URL does that; look with --log-http."
}

renew_token() { # once: the service may have forgotten a token that looked fresh
  [[ $renewed == false ]] || refuse
  access_token "$token"
  token=$REPLY renewed=true
}

wait_to_retry() { # full jitter, unless the service names a time of a second or more
  local pattern=$'\n[Rr][Ee][Tt][Rr][Yy]-[Aa][Ff][Tt][Ee][Rr]: *0*([1-9][0-9]{0,8})' ceiling delay what
  read_error
  ceiling=$((attempt < 6 ? 1000 << attempt : 64000))
  delay=$(((RANDOM * 32768 + RANDOM) % ceiling))
  [[ ! $head =~ $pattern ]] || delay=$((BASH_REMATCH[1] * 1000))
  ((${error_delay:-0} < 1000)) || delay=$error_delay
  ((waited += delay, waited <= retry_budget * 1000)) && [[ $error_reason != PER_DAY ]] || refuse
  printf -v delay '%d.%03d' $((delay / 1000)) $((delay % 1000))
  what="$status ${error_message%%$'\n'*}"
  [[ $status != lost ]] || what="The connection broke: ${error_message%%$'\n'*}."
  note "$what Trying again in $delay s (attempt $((attempt + 1)))."
  sleep "$delay"
}
