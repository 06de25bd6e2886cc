# shellcheck shell=bash
# What a refused request means: one sentence, the next step, the exit code. The table of them is refusals.tsv.

login_line='gemtune auth login --client-id-file=client_secret.json'
vertex_page=https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/tuning/supervised-tuning/use
suggestion='' # goes before the next step
model=''      # that the command is about

read_error() { # sets error_message, _code, _status, _reason, _delay (milliseconds) and _url from the body in REPLY
  local separator=$'\x1f' fields code=0
  error_message='' error_code='' error_status='' error_reason='' error_delay='' error_url=''
  fields=$(run_jq 'visible refuse' refusal -r <<<"$REPLY") || code=$?
  ((code != 1)) || exit 1
  [[ -z $fields ]] ||
    IFS=$separator read -r -d '' error_code error_status error_reason error_delay error_url error_message <<<"$fields" || true
  error_message=${error_message%$'\n'}
  [[ -n $error_message ]] || error_message=${reason:-}
  [[ -n $error_message || -n $REPLY ]] || error_message="$base_url answered without a word."
  [[ -n $error_message ]] || error_message="$base_url answered something that is not Google's error: $(first_words)"
}

first_words() {
  local words
  words=$(LC_ALL=C tr -cs '[:alnum:][:punct:]' ' ' <<<"${REPLY:0:60}")
  printf %s "${words% }"
}

refuse() { # ends the command
  read_error
  find_refusal "$status:$error_reason:$error_message"
  die "$refusal_code" "$error_message ($status${error_status:+ $error_status})" "$suggestion${suggestion:+$'\n'}$refusal_next"
}

refuse_connection() { # CURL_EXIT_CODE WORDS  ends the command
  [[ $1 != 7 ]] || ! is_loopback "$base_url" || die 75 "No emulator answers at $base_url." "Start it: gemtune emulator start &"
  find_refusal "curl:$1:$2"
  die "$refusal_code" "$base_url did not answer: ${2%.}." "$refusal_next"
}

find_refusal() { # STATUS:REASON:MESSAGE|ID  sets refusal_id, _code, _cause, _page and _next, which ends with that page
  local pattern
  while IFS=$'\t' read -r refusal_id refusal_code pattern refusal_cause refusal_next refusal_page; do
    [[ -z $pattern || (! $1 =~ $pattern && $1 != "$refusal_id") ]] || break
  done <"$lib/refusals.tsv"
  fill_in url "${error_url:-https://console.cloud.google.com/apis/library/generativelanguage.googleapis.com}"
  fill_in vertex "$vertex_page"
  refusal_next+=${refusal_page:+$'\n'$refusal_page}
  fill_in login "$login_line"
  fill_in model "${model:-MODEL}"
}

fill_in() { # NAME VALUE  in place of {NAME} in refusal_next and refusal_page
  [[ $refusal_next != *"{$1}"* ]] || refusal_next=${refusal_next%%"{$1}"*}$2${refusal_next#*"{$1}"}
  [[ $refusal_page != "{$1}" ]] || refusal_page=$2
}
