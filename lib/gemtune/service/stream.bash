# shellcheck shell=bash
# An answer that comes in pieces: server-sent events are printed as they come.

streamed=false # whether some text of the answer has been printed

send_for_stream() {
  # as send, but events are printed as they come: then streamed is true, and REPLY is all of them in one
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

print_stream() { # of events on stdin, whose last line is curl's report; sets what send sets, and streamed
  local separator=$'\x1f' ending code=0 report state
  jq_program "$libraries $backend_stream" 'stream | visible'
  { ending=$(HOME=/dev/null jq -n -R -j --unbuffered "$REPLY" 2>&1 >&4) || code=$?; } 4>&1
  expect_sound_jq "$code"
  ((code != 2)) || no_room
  ((code == 5)) || exit "$((code ? code : 1))" # 5: it came to the ending; else nobody reads the text any more
  report=${ending%%"$separator"*} ending=${ending#*"$separator"}
  state=${ending%%"$separator"*} REPLY=${ending#*"$separator"}
  [[ $state == empty ]] || { streamed=true && printf '\n'; }
  [[ $state != broken ]] || note 'The text above is incomplete.'
  log_request "$report"
  read_report "$report"
  [[ $log_http == false ]] || log_exchange
  [[ $state != broken ]] || refuse
}
