# shellcheck shell=bash
# One look at what is followed, and how long until the next: it outlives outages, clocks that are set, and operations
# that the service forgets.

longest_pause=300000 # milliseconds between two looks while the service does not answer
longest_look=600000  # milliseconds; what seems to take longer is a clock that was set
uptime_file=/proc/uptime

read_clock() { # sets REPLY to seconds on a clock that nobody sets; where there is none, on bash's, which jumps
  REPLY=$SECONDS
  [[ ! -r $uptime_file ]] || IFS=. read -r REPLY _ <"$uptime_file"
}

see() { # VAR  fails where the operation is not known any more; without one it is the model that says how it is
  if [[ -z $url ]]; then
    backend_get "$1" "$model" || refuse
  else
    request "$1" GET "$url" --handle=404
    [[ $status != 404 ]]
  fi
}

leave_operation() {
  note "The operation is not known any more. Looking at $model itself."
  url='' again="gemtune poll $model"
}

look() { # sets document; in a subshell, so that an outage ends this look and not the whole poll
  local answer code=0
  answer=$({ { see_from_afar && printf %s "$REPLY" >&5; } 2>&1 | beside_bar >&2; } 5>&1) || code=$?
  case $code in
    0) document=$answer pause=$interval ;;
    "$exit_temporary") return 1 ;;
    "$exit_not_found")
      [[ -n $url ]] || exit "$code"
      leave_operation
      look
      ;;
    *) exit "$code" ;;
  esac
}

see_from_afar() { # sets REPLY; each look is a new caller of the token server
  survived=$exit_temporary SECONDS=0
  see REPLY || exit "$exit_not_found"
}

outage() { # the tuning does not need us: look again, less and less often
  [[ $pause != 0 ]] || pause=500
  ((pause = pause * 2 < longest_pause ? pause * 2 : longest_pause > interval ? longest_pause : interval))
  note "The tuning goes on. Looking again in $((pause / 1000)) s."
}
