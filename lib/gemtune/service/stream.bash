# shellcheck shell=bash
# An answer that comes in pieces: server-sent events are printed as they come.

streamed=false # whether some text of the answer has been printed

print_stream() { # of events on stdin, whose last line is curl's report; sets what send sets, and streamed
  local separator=$'\x1f' ending code=0 report state
  jq_program "$libraries backends/$backend/stream" 'stream | visible'
  { ending=$(jq -n -R -j --unbuffered "$REPLY" 2>&1 >&4) || code=$?; } 4>&1
  expect_sound_jq "$code"
  ((code != 2)) || no_room
  ((code == 5)) || exit "$((code ? code : 1))" # 5: it came to the ending; else nobody reads the text any more
  report=${ending%%"$separator"*} ending=${ending#*"$separator"}
  state=${ending%%"$separator"*} REPLY=${ending#*"$separator"}
  [[ $state == empty ]] || { streamed=true && printf '\n'; }
  [[ $state != broken ]] || note 'The text above is incomplete.'
  read_report "$report"
  [[ $log_http == false ]] || log_exchange
  [[ $state != broken ]] || refuse
}
