# shellcheck shell=bash
# Processes and what descends from them.

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
