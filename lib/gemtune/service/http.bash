# shellcheck shell=bash
# The only curl: a request, an answer that comes as a stream, or many requests at once.

max_time=300 # seconds that an answer may take

exec 3>&1 # where --dry-run prints, also from inside a pipe

request() { # METHOD PATH [BODY [STATUS_THE_CALLER_HANDLES]]  sets REPLY to the body, status, attempt
  local method=$1 path=$2 body=${3:-} handled=${4:-} token waited=0 renewed=false send=send
  [[ $path != *alt=sse ]] || send=send_for_stream
  address
  [[ $dry_run == false ]] || print_curl
  sign_in
  until "$send" && settled; do ((attempt += 1)); done
}

address() { # sets base_url and headers
  setting base_url
  base_url=$REPLY
  debug "$method $base_url$path (base URL: $ORIGIN)"
  backend_headers
}

sign_in() { # sets token
  need curl
  share_network
  access_token
  token=$REPLY attempt=1
}

send() { # sets status (lost: the connection broke), reason, head and REPLY from the variables of request
  take_apart "$(call --include --max-time "$max_time")"
}

send_for_stream() { # as send, but events are printed as they come: then streamed is true, and REPLY is all of them in one
  local answer='' line
  {
    while IFS= read -r line <&5 || [[ -n $line ]]; do
      answer+=$line$'\n'
      [[ $line == $'\r' ]] || continue
      [[ $answer =~ ^HTTP/[0-9.]+\ 1 ]] || break # "100 Continue" comes before the head proper
      answer=''
    done
    if [[ $answer =~ ^HTTP/[0-9.]+\ 200.*[Tt]ype:\ *text/event-stream ]]; then
      head=${answer%$'\r\n\r\n'*}
      print_stream <&5
    else
      line=$(cat <&5)
      [[ -n $line ]] || answer=${answer%$'\n'} # then its last line is the report, which has no newline
      take_apart "$answer$line"
    fi
  } 5< <(call --include --no-buffer --speed-time 120 --speed-limit 1)
}

call() { # CURL_ARGUMENT...  prints the answer, then a line: status, curl's exit code, its words
  local arguments=("$@" --request "$method" --url "$base_url$path")
  [[ -z $body ]] || arguments+=(--header 'Content-Type: application/json' --data-binary @-)
  ! is_loopback "$base_url" || arguments+=(--noproxy '*')
  curl -q --silent --suppress-connect-headers --connect-timeout 30 \
    --user-agent gemtune --write-out '\n%{http_code} %{exitcode} %{errormsg}' "${arguments[@]}" \
    --header @<(printf 'Authorization: Bearer %s\n' "$token" && printf '%s\n' "${headers[@]}") <<<"$body" || true
}

probe() { # URL  sets REPLY to the head of its answer, then a line: status, curl's exit code, seconds, curl's words; in 8 s
  local arguments=(--url "$1")
  ! is_loopback "$1" || arguments+=(--noproxy '*')
  share_network
  REPLY=$(curl -q --silent --head --suppress-connect-headers --connect-timeout 4 --max-time 8 --user-agent gemtune \
    --write-out '%{http_code} %{exitcode} %{time_total} %{errormsg}' "${arguments[@]}") || true
}

send_together() { # JOBS INDEX...  bodies in INDEX.body; answers to INDEX.reply and INDEX.head, and a line on stdout for each
  local jobs=$1
  shift
  transfers "$@" | curl -q --parallel --parallel-max "$jobs" --no-progress-meter --config - || true
}

transfers() { # INDEX...  as curl's configuration; the token and the headers are of a safe alphabet
  local i options header
  options="url = \"$base_url$path\""$'\n'"header = \"Authorization: Bearer $token\""
  for header in "${headers[@]}"; do options+=$'\n'"header = \"$header\""; done
  options+=$'\nheader = "Content-Type: application/json"\nuser-agent = gemtune\nsuppress-connect-headers'
  options+=$'\nsilent\nconnect-timeout = 30\nmax-time = '$max_time
  ! is_loopback "$base_url" || options+=$'\nnoproxy = "*"'
  for i; do
    printf 'next\n%s\ndata-binary = "@%s.body"\noutput = "%s.reply"\ndump-header = "%s.head"\n' "$options" "$i" "$i" "$i"
    printf 'write-out = "%s %%{http_code} %%{exitcode} %%{errormsg}\\n"\n' "$i"
  done
}
