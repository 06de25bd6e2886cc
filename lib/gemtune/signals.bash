# shellcheck shell=bash
# What ends a command ends all that it has started. bash looks at a signal only when the child that it waits for has
# ended, which can take minutes: so a command runs in a child of its own, beside this shell, which only waits for it.
# A second child ends the first one when this shell is killed.

at_end='' # a function of the command that is told the exit code

# bash reports a child that dies of another signal than SIGINT; bash 3.2 has children beside it ignore that one
ending=INT ended=$exit_interrupted
((BASH_VERSINFO[0] > 3)) || ending=TERM ended=$exit_terminated

run_beside() { # COMMAND [ARGUMENT...]  ends this shell as COMMAND does, or by the signal that came
  local child='' code number=0 heard=0
  ((BASH_VERSINFO[0] > 3)) || [[ ! -t 2 ]] || run_in_front "$@"
  exec 9> >(exec >/dev/null 2>&1 && trap '' HUP INT QUIT TERM && end_orphan)
  hear_signals
  run_child "$@" <&0 9>&- 63>&- & # bash 3.2 has left the pipe open a second time, as 63
  child=$! log_file=''            # it is the child's
  trap '' PIPE
  printf '%s\n' "$child" >&9 || true
  ((number == 0)) || end_child # it came before there was one
  while :; do
    code=0
    wait "$child" || code=$?
    ((number != heard)) || break
    heard=$number # it was a signal that ended the wait
  done
  printf 'over\n' >&9 2>/dev/null || true
  ((code != ended || number == 0)) || code=$number
  exit "$code"
}

hear_signals() { # sets number
  trap 'number=129; end_child' HUP
  trap 'number=130; end_child' INT
  trap 'number=131; end_child' QUIT
  trap 'number=143; end_child' TERM
}

end_child() {
  [[ -z $child ]] || end_all "$child" || true
}

run_in_front() { # COMMAND [ARGUMENT...]  at a terminal, which tells all of its processes of Ctrl-C
  trap 'leave "$exit_hung_up"' HUP
  trap 'leave "$exit_interrupted"' INT
  trap 'leave "$exit_terminated"' TERM
  run_to_end "$@"
}

run_child() { # COMMAND [ARGUMENT...]  the shell that waits hears all signals, and passes on this one
  trap '' HUP QUIT INT TERM
  # shellcheck disable=SC2064 # the code of now
  trap "leave $ended" "$ending"
  run_to_end "$@"
}

run_to_end() { # COMMAND [ARGUMENT...]
  log_level=$BASH_SUBSHELL
  trap leave EXIT
  "$@"
  exit
}

run_file() { # COMMAND_FILE [ARGUMENT...]
  local file=$1
  shift
  # shellcheck source=/dev/null
  source "$file"
}

leave() { # [EXIT_CODE]  to its end: a signal that errexit has outrun comes in the EXIT trap
  local code=${1:-$?}
  trap '' HUP INT TERM
  trap - EXIT
  [[ -z $at_end ]] || "$at_end" "$code"
  [[ -z $folder ]] || rm -rf "$folder"
  end_log "$code"
  exit "$code"
}

end_orphan() { # of the shell that writes to stdin: first the child's number, then that it is over
  local child
  ! read -r child || read -r REPLY || end_all "$child" || true
}

trap leave EXIT
