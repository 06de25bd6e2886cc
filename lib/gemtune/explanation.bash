# shellcheck shell=bash
# Errors that a person shows to gemtune: what is in the text, as the table of refusals has it.

find_explanation() { # TEXT|ID  sets refusal_id and its like; fails where the table does not know it
  local text=$1 reason=''
  read_pasted "$text"
  find_refusal "$REPLY"
  [[ $refusal_id != unexpected || $text == unexpected ]]
}

read_pasted() { # TEXT  sets REPLY to STATUS:REASON:MESSAGE, or to TEXT where it is an id, and error_url
  local status page='https://console\.(cloud|developers)\.google\.com/[A-Za-z0-9/._~:?#@!$&*+,;=%-]*[A-Za-z0-9/_=-]'
  error_url='' error_code='' error_reason=''
  [[ ! $1 =~ ^[a-z]+(-[a-z]+)*$ ]] || { REPLY=$1 && return; }
  [[ $1 != *[\{\[]*error*[\}\]]* ]] || read_envelope "$1"
  if [[ -n $error_code$error_reason ]]; then
    REPLY=$error_code:$error_reason:$error_message
    return
  fi
  status_in "$1"
  status=$REPLY
  [[ ! $1 =~ $page ]] || error_url=${BASH_REMATCH[0]}
  REPLY=$status:$1
  [[ $status == curl:* ]] || REPLY=$status::$1
}

read_envelope() { # TEXT  the JSON in it, from the first bracket to the last
  local text=$1 start=${1%%[\{\[]*}
  text=${text#"$start"}
  REPLY=${text%"${text##*[\}\]]}"}
  read_error
}

status_in() { # TEXT  sets REPLY to the HTTP status in it, to curl:EXIT_CODE, or to ''
  local before='\(|exceptions\.[A-Za-z]+: |: \[|[Ee]rror:? |HTTP/[0-9.]+ |HTTP |status:? |code:? '
  local code="($before)([45][0-9][0-9])([^0-9]|\$)"
  REPLY=''
  if [[ $1 =~ $code ]]; then
    REPLY=${BASH_REMATCH[2]}
  elif [[ $1 =~ curl:\ \(([0-9]+)\) ]]; then
    REPLY=curl:${BASH_REMATCH[1]}
  else
    case $1 in
      *INVALID_ARGUMENT* | *FAILED_PRECONDITION*) REPLY=400 ;;
      *UNAUTHENTICATED*) REPLY=401 ;;
      *PERMISSION_DENIED*) REPLY=403 ;;
      *NOT_FOUND*) REPLY=404 ;;
      *ALREADY_EXISTS*) REPLY=409 ;;
      *RESOURCE_EXHAUSTED* | *"uota exceeded"*) REPLY=429 ;;
      *UNAVAILABLE* | *DEADLINE_EXCEEDED*) REPLY=503 ;;
    esac
  fi
}

print_refusals() { # the rows that can be asked for, each id once, those of backends in their place
  sed -e "/^@backend/r "<(cat "$lib"/backends/*/refusals.tsv) -e '$d' "$lib/refusals.tsv" |
    awk -F '\t' 'NF > 1 && !seen[$1]++'
}
