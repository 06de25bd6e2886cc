# shellcheck shell=bash
# Follow a tuning to its end: a bar on a terminal, elsewhere a line for each change.

longest_pause=300000 # milliseconds between two looks while the service does not answer

follow() { # PATH INTERVAL [TIMEOUT]  of an operation, or of a model; in seconds; sets REPLY to what is there in the end
  local interval pause timeout='' waited=0 slept took began last='' bar='' again="gemtune poll ${1#/v*/}"
  milliseconds "$2" && interval=$REPLY pause=$REPLY
  [[ -z ${3:-} ]] || { milliseconds "$3" && timeout=$REPLY; }
  # shellcheck disable=SC2064 # the name must be the one of now
  trap "note ''; note 'The tuning goes on. Take it up again with: $again'; exit 130" INT
  request GET "$1"
  until finished; do
    [[ -z $timeout ]] || ((waited + pause <= timeout)) || give_up "$3"
    began=$SECONDS slept=$pause
    sleep_for "$pause"
    look "$1" || outage
    took=$(((SECONDS - began) * 1000))
    waited=$((waited + (took > slept ? took : slept)))
  done
  trap - INT
}

look() { # PATH  sets REPLY; in a subshell, so that an outage ends this look and not the whole poll
  local answer code=0
  answer=$({ { request GET "$1" && printf %s "$REPLY" >&5; } 2>&1 | beside_bar >&2; } 5>&1) || code=$?
  ((code != 0)) || REPLY=$answer pause=$interval
  ((code == 0 || code == 75)) || exit "$code"
  return "$code"
}

outage() { # the tuning does not need us: look again, less and less often
  [[ $pause != 0 ]] || pause=500
  ((pause = pause * 2 < longest_pause ? pause * 2 : longest_pause > interval ? longest_pause : interval))
  note "The tuning goes on. Looking again in $((pause / 1000)) s."
}

give_up() { # TIMEOUT
  end_bar
  die 8 "Still tuning after $1 s." "Take it up again with: $again"
}

finished() { # shows what is new in REPLY; ends the command when the tuning failed
  local state percent step steps epoch loss left problem LC_ALL=C
  IFS=$'\t' read -r state percent step steps epoch loss left problem < <(transform -- 'progress | visible' <<<"$REPLY")
  if can_draw; then draw_bar; else print_change; fi
  [[ $state != RUNNING ]] || return 1
  end_bar
  [[ $state != FAILED ]] ||
    die 7 "The tuning failed: $problem" "Start it again with other data or settings: gemtune create --help"
  [[ $loss != - ]] ||
    note "It is done, but has no snapshots: there is no loss to plot, and its answers may fail. Try it: gemtune infer"
}

print_change() {
  [[ $step == 0 || $last == "$percent $step $loss" ]] ||
    printf '%6.2f%%  step %d/%d  epoch %d  mean loss %s\n' "$percent" "$step" "$steps" "$epoch" "$loss" >&2
  last="$percent $step $loss"
}

milliseconds() { # SECONDS  sets REPLY; 0.5 and 1e3 are seconds too
  local LC_ALL=C
  printf -v REPLY %.3f "$1"
  ((${#REPLY} <= 13)) || REPLY=999999999.999 # 31 years; bash would count much more than that as nothing
  REPLY=$((10#${REPLY/./}))
}

sleep_for() { # MILLISECONDS
  local seconds
  printf -v seconds '%d.%03d' $(($1 / 1000)) $(($1 % 1000))
  sleep "${seconds%.000}"
}
