# shellcheck shell=bash
# The only curl: a request, an answer that comes as a stream, or many requests at once.

max_time=300   # seconds that an answer may take
in_doubt=false # whether an attempt at the last request was perhaps carried out, though its answer did not say so

exec 3>&1 # where --dry-run prints, also from inside a pipe

request() { # VAR METHOD URL [OPTION...]  sets VAR to the body; also status, head and attempt
  # --body=TEXT, --file=FILE  what is sent; --type=TYPE  what that is (default: application/json)
  # --good=json|empty|any     what may come with a status of 200 to 299 (default: json)
  # --handle='STATUS ...'     statuses that are the caller's affair, and unknown: of an answer that cannot be read
  # --stream                  print text as it comes
  # --look                    also with --dry-run: it changes nothing, and what would be sent depends on it
  send_request "${@:2}"
  printf -v "$1" %s "$REPLY"
}

send_request() { # METHOD URL [OPTION...]  sets REPLY to the body
  local method=$1 url=$2 body='' file='' type='' good=json handled='' send=send looks=false headers server
  local token waited=0 renewed=false option
  for option in "${@:3}"; do
    case $option in
      --body=*) body=${option#*=} ;;
      --file=*) file=${option#*=} ;;
      --type=*) type=${option#*=} ;;
      --good=*) good=${option#*=} ;;
      --handle=*) handled=${option#*=} ;;
      --stream) send=send_for_stream ;;
      --look) looks=true ;;
    esac
  done
  [[ -n $type || -z $body$file ]] || type=application/json
  prepare
  [[ $dry_run == false || $looks == true ]] || print_curl
  sign_in
  until "$send" && settled; do ((attempt += 1)); done
}

prepare() { # sets server, headers and patience
  setting retry_max_time
  milliseconds "${REPLY:-$retry_max_time}"
  patience=$REPLY
  server=${url#*://*/}
  server=${url%"/$server"}
  debug "$method $url (base URL: $settled_base_url_origin)"
  backend_headers headers
}

sign_in() { # sets token
  need curl
  share_network
  access_token
  token=$REPLY attempt=1 in_doubt=false
}

send() { # sets status (lost: the connection broke), reason, head and REPLY from the variables of send_request
  take_apart "$(call --include --max-time "$max_time")"
}

call() { # CURL_ARGUMENT...  prints the answer, then a line: status, curl's exit code, words, tab, seconds
  local arguments=("$@" --request "$method" --url "$url")
  [[ -z $type ]] || arguments+=(--header "Content-Type: $type")
  [[ -z $file ]] || arguments+=(--upload-file "$file")
  [[ -z $body ]] || arguments+=(--data-binary @-)
  ! is_loopback "$server" || arguments+=(--noproxy '*')
  curl -q --silent --suppress-connect-headers --connect-timeout 30 \
    --user-agent gemtune --write-out '\n%{http_code} %{exitcode} %{errormsg}\t%{time_total}' "${arguments[@]}" \
    --header @<(printf 'Authorization: Bearer %s\n%s\n' "$token" "$headers") <<<"$body" || true
}

probe() { # URL
  # sets REPLY to the head of its answer, then a line: status, curl's exit code, seconds, curl's words; in 8 s
  local arguments=(--url "$1")
  ! is_loopback "$1" || arguments+=(--noproxy '*')
  share_network
  REPLY=$(curl -q --silent --head --suppress-connect-headers --connect-timeout 4 --max-time 8 --user-agent gemtune \
    --write-out '%{http_code} %{exitcode} %{time_total} %{errormsg}' "${arguments[@]}") || true
}

send_together() { # JOBS INDEX...
  # bodies in INDEX.body; answers to INDEX.reply and INDEX.head, and a line on stdout for each
  local jobs=$1
  shift
  transfers "$@" | curl -q --parallel --parallel-max "$jobs" --no-progress-meter --config - || true
}

transfers() { # INDEX...  as curl's configuration; the token and the headers are of a safe alphabet
  local i options header
  options="url = \"$url\""$'\n'"header = \"Authorization: Bearer $token\""
  while IFS= read -r header; do options+=$'\n'"header = \"$header\""; done <<<"$headers"
  options+=$'\nheader = "Content-Type: application/json"\nuser-agent = gemtune\nsuppress-connect-headers'
  options+=$'\nsilent\nconnect-timeout = 30\nmax-time = '$max_time
  ! is_loopback "$server" || options+=$'\nnoproxy = "*"'
  for i; do
    printf 'next\n%s\ndata-binary = "@%s.body"\noutput = "%s.reply"\ndump-header = "%s.head"\n' "$options" \
      "$i" "$i" "$i"
    printf 'write-out = "%s %%{http_code} %%{exitcode} %%{errormsg}\\t%%{time_total}\\n"\n' "$i"
  done
}
