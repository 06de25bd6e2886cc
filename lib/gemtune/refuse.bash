# shellcheck shell=bash
# What a refused request means: one sentence, the next step, the exit code. The tables are refusals.tsv, here and of a
# backend.

server='' # that was asked
login_line='gemtune auth login --client-id-file=client_secret.json'
suggestion='' # goes before the next step
model=''      # that the command is about

read_error() { # sets error_message, _code, _status, _reason, _delay (milliseconds) and _url from the body in REPLY
  local separator=$'\x1f' fields code=0
  error_message='' error_code='' error_status='' error_reason='' error_delay='' error_url=''
  fields=$(run_jq 'visible refuse' refusal -r <<<"$REPLY") || code=$?
  ((code != 1)) || exit 1
  [[ -z $fields ]] ||
    IFS=$separator read -r -d '' error_code error_status error_reason error_delay error_url error_message \
      <<<"$fields" || true
  error_message=${error_message%$'\n'}
  [[ -n $error_message ]] || error_message=${reason:-}
  [[ -n $error_message || -n $REPLY ]] || error_message="$server answered without a word."
  [[ -n $error_message ]] || error_message="$server answered something that is not Google's error: $(first_words)"
}

first_words() {
  local words
  words=$(LC_ALL=C tr -cs '[:alnum:][:punct:]' ' ' <<<"${REPLY:0:60}")
  printf %s "${words% }"
}

refuse() { # ends the command
  read_error
  find_refusal "$status:$error_reason:$error_message"
  [[ ${in_doubt:-false} == false || $method == GET ]] ||
    refusal_next+=$'\nAn attempt before this one may have been carried out.'
  die "$refusal_code" "$error_message ($status${error_status:+ $error_status})" \
    "$suggestion${suggestion:+$'\n'}$refusal_next"
}

refuse_connection() { # CURL_EXIT_CODE WORDS  ends the command
  [[ $1 != 7 ]] || ! is_loopback "$server" || die temporary "No emulator answers at $server." \
    "Start it: gemtune emulator start &"
  find_refusal "curl:$1:$2"
  die "$refusal_code" "$server did not answer: ${2%.}." "$refusal_next"
}

find_refusal() { # STATUS:REASON:MESSAGE|ID  sets refusal_id, _code, _cause, _page and _next, which ends with that page
  search_refusals "$1" "$lib/refusals.tsv" || true
  [[ $refusal_id != api-off || -z $error_url ]] || refusal_page=$error_url # the service's own word for it
  refusal_next+=${refusal_page:+$'\n'$refusal_page}
  fill_in login "$login_line"
  fill_in model "${model:-MODEL}"
}

search_refusals() { # TEXT TABLE
  # fails where none of its rows fits; without a backend those of all of them are looked at
  local pattern file
  while IFS=$'\t' read -r refusal_id refusal_code pattern refusal_cause refusal_next refusal_page; do
    if [[ $refusal_id == @backend ]]; then
      for file in "$lib"/backends/${backend:-*}/refusals.tsv; do
        [[ ! -r $file ]] || ! search_refusals "$1" "$file" || return 0
      done
    elif [[ -n $pattern && ($1 =~ $pattern || $1 == "$refusal_id") ]]; then
      return 0
    fi
  done <"$2"
  return 1
}

fill_in() { # NAME VALUE  in place of {NAME} in refusal_next
  [[ $refusal_next != *"{$1}"* ]] || refusal_next=${refusal_next%%"{$1}"*}$2${refusal_next#*"{$1}"}
}
