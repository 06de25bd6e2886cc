# shellcheck shell=bash
# What ends a command ends all that it has started. bash looks at a signal only when the child that it waits for has
# ended, which can take minutes: so a command runs in a child of its own, beside this shell, which only waits for it.
# A second child ends the first one when this shell is killed.

at_end='' # a function of the command that is told the exit code

# bash reports a child that dies of another signal than SIGINT; bash 3.2 has children beside it ignore that one
ending=INT ended=$exit_interrupted
((BASH_VERSINFO[0] > 3)) || ending=TERM ended=$exit_terminated

run_beside() { # COMMAND [ARGUMENT...]  ends this shell as COMMAND does, or by the signal that came
  local child code=0 signal='' number=0
  ((BASH_VERSINFO[0] > 3)) || [[ ! -t 2 ]] || run_in_front "$@"
  exec 9> >(exec >/dev/null 2>&1 && trap '' HUP INT QUIT TERM && end_orphan)
  run_child "$@" <&0 9>&- &
  child=$!
  trap '' PIPE
  printf '%s\n' "$child" >&9 || true
  for signal in HUP:129 INT:130 QUIT:131 TERM:143; do
    # shellcheck disable=SC2064 # the child and the number of now
    trap "number=${signal#*:}; end_all $child || true" "${signal%:*}"
  done
  signal=0
  wait "$child" || code=$?
  while ((number != signal)); do # it was a signal that ended the wait
    signal=$number code=0
    wait "$child" || code=$?
  done
  printf 'over\n' >&9 2>/dev/null || true
  ((code != ended || number == 0)) || code=$number
  exit "$code"
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
  exit "$code"
}

end_orphan() { # of the shell that writes to stdin: first the child's number, then that it is over
  local child
  ! read -r child || read -r REPLY || end_all "$child" || true
}

# shellcheck disable=SC2086 # a word for each process
end_all() { # PROCESS  and all that descend from it; they are stopped first, so that none starts another unseen
  local processes='' before=none
  until [[ $processes == "$before" ]]; do
    before=$processes
    kill -STOP "$1" $processes
    list_descendants "$1" && processes=$REPLY
  done
  kill "-$ending" "$1" $processes
  kill -CONT "$1" $processes
} 2>/dev/null

list_descendants() { # PROCESS  sets REPLY to their numbers
  REPLY=$(if [[ -r /proc/self/stat ]]; then cat /proc/[0-9]*/stat; else ps -A -o pid= -o ppid=; fi |
    awk -v first="$1" '{ sub(/ \(.*\) ./, ""); parent[$1] = $2 }
      END {
        for (process in parent) {
          for (one = process; one != first && one in parent; one = parent[one]);
          if (one == first && process != first) print process
        }
      }') || true # one of them may have ended meanwhile
}
