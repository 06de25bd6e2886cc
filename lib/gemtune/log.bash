# shellcheck shell=bash
# The file of --log-file: a line of JSON for each thing that happened, written when it has happened. Only what is asked
# for costs anything, and whatever befalls the file, the command does what it would have done.

log_file='' log_run='' log_is_settled=false log_level=0 log_limit=10000000 # bytes; then it goes on in a new file

# what is no affair of a log, where a service or a file says it; what the first group matches stays. Written so that a
# trace of the shell holds no such word itself
secret_pattern='([?&"](key|code|code_verifier|access_token|refresh_token|id_token|client_secret|upload_id'
secret_pattern+='|X-Goog-Signature)("?: *"|=)|[Bb]earer )[^]&"[:space:]]+'
secret_pattern+='|ya29\.[A-Za-z0-9._-]+|1/{2}0[A-Za-z0-9_-]+|4/0[A][A-Za-z0-9_-]+|GOCSPX[-][A-Za-z0-9_-]+'
secret_pattern+='|AIza[A-Za-z0-9_-]+'

start_log() { # once; an error that comes before the flags are read starts it too
  [[ $log_is_settled == false && $command_words != ' completion' ]] || return 0
  log_is_settled=true
  log_file=${flag_log_file:-${GEMTUNE_LOG_FILE:-}}
  [[ -n $log_file ]] || return 0
  [[ $log_file == /* ]] || log_file=$PWD/$log_file
  log_run=${GEMTUNE_RUN_ID:-}
  [[ $log_run =~ ^[A-Za-z0-9._-]{1,100}$ ]] || log_run=$(date -u +%Y%m%dT%H%M%SZ)-$$
  ! is_own_file || rotate_log 2>/dev/null || true
  log INFO 'Started.' ",\"pid\":$$"
}

share_log() { # with the gemtunes that this one runs
  [[ -z $log_file ]] || export GEMTUNE_LOG_FILE=$log_file GEMTUNE_RUN_ID=$log_run
}

end_log() { # EXIT_CODE
  local level=INFO
  (($1 == 0)) || level=ERROR
  log "$level" "Ended with exit code $1." ",\"exit_code\":$1,\"seconds\":$SECONDS"
}

log() { # LEVEL MESSAGE [MEMBERS]  MEMBERS are JSON, each with a comma before it
  local REPLY
  [[ -n $log_file ]] || return 0
  redact "$2"
  quote_for_json "$REPLY"
  printf -v REPLY '{"time":"%s","level":"%s","run":"%s","command":"gemtune%s","message":%s%s}' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" "$log_run" "${command_words// /.}" "$REPLY" "${3:-}"
  append_to_log "$REPLY" 2>/dev/null || ((BASH_SUBSHELL > log_level)) || stop_log
}

stop_log() { # said once; a subshell leaves that to who waits for it
  set -- "$log_file"
  log_file=''
  note "WARNING: The log $1 cannot be written: it takes a plain file of your own, and room. Going on without it."
}

append_to_log() { # LINE  in one piece, so that lines of commands that run at the same time do not mix
  is_own_file || [[ ! -e $log_file && ! -L $log_file ]] || return
  [[ -e $log_file ]] || (umask 077 && set -o noclobber && : >"$log_file") || [[ -e $log_file ]] || return
  if ((${#1} < 1000)); then printf '%s\n' "$1"; else cat <<<"$1"; fi >>"$log_file" # printf would write pieces of it
}

is_own_file() {
  [[ -f $log_file && -O $log_file && ! -L $log_file ]]
}

rotate_log() { # the old one is kept as FILE.1; what somebody else has rotated in between is put back
  local aside=$log_file.$$ size
  chmod 600 "$log_file"
  size=$(wc -c <"$log_file")
  ((size >= log_limit)) || return 0
  mv "$log_file" "$aside" || return
  size=$(wc -c <"$aside")
  if ((size >= log_limit)); then
    mv -f "$aside" "$log_file.1"
  else
    cat "$aside" >>"$log_file" && rm "$aside"
  fi
}

redact() { # TEXT  sets REPLY to it without secrets
  local text=$1 LC_ALL=C
  REPLY=''
  [[ -z ${token:-} ]] || text=${text//"$token"/[redacted]}
  while [[ $text =~ $secret_pattern ]]; do
    REPLY+=${text%%"${BASH_REMATCH[0]}"*}${BASH_REMATCH[1]}'[redacted]'
    text=${text#*"${BASH_REMATCH[0]}"}
  done
  REPLY+=$text
}

quote_for_json() { # TEXT  sets REPLY; printable ASCII is its own JSON, and what is more than that jq writes
  local LC_ALL=C
  REPLY=\"$1\"
  [[ $1 == *[!\]\ !#-[^-~]* ]] || return 0
  REPLY=$(log_file='' && printf %s "$1" | run_jq visible 'tojson | escaped' -R -s -r 2>/dev/null) && [[ -n $REPLY ]] ||
    REPLY=\"${1//[!\]\ !#-[^-~]/?}\"
}
