# shellcheck shell=bash
# Follow a tuning to its end: a bar on a terminal, elsewhere a line for each change.

follow() { # NAME INTERVAL [TIMEOUT]  of a tuning or a model; in seconds; sets document to what is there in the end
  local url again interval pause timeout='' waited=0 slept took began last='' bar=''
  on_model again backend_watch "$1"
  url=${again% *} again="gemtune poll ${again##* }"
  milliseconds "$2" && interval=$REPLY pause=$REPLY
  [[ -z ${3:-} ]] || { milliseconds "$3" && timeout=$REPLY; }
  take_up_again=$again before_end=$at_end at_end=say_how_to_go_on
  see document || { leave_operation && see document; }
  until finished; do
    [[ -z $timeout ]] || ((waited + pause <= timeout)) || give_up "$3"
    read_clock
    began=$REPLY slept=$pause
    sleep_for "$pause"
    look || outage
    read_clock
    took=$(((REPLY - began) * 1000))
    waited=$((waited + (took > slept && took - slept < longest_look ? took : slept)))
  done
  at_end=$before_end
}

say_how_to_go_on() { # EXIT_CODE  after a signal, or an outage at the first look
  (($1 > 128 || $1 == exit_temporary)) || return 0
  note ''
  note "The tuning goes on. Take it up again with: $take_up_again"
}

give_up() { # TIMEOUT
  end_bar
  die still_running "Still tuning after $1 s." "Take it up again with: $again"
}

finished() { # shows what is new in document; ends the command when the tuning failed
  local state percent step steps epoch loss left problem LC_ALL=C
  read -r state percent step steps epoch loss left problem < <(read_progress <<<"$document") || exit
  if can_draw; then draw_bar; else print_change; fi
  case $state in QUEUED | RUNNING) return 1 ;; esac
  end_bar
  [[ $state == DONE ]] ||
    die tuning_failed "The tuning failed: $problem" "Start it again with other data or settings: gemtune create --help"
  [[ $loss != - ]] ||
    note "It is done, but has no snapshots: there is no loss to plot, and its answers may fail. Try it: gemtune infer"
}

read_progress() { # prints the line of progress.jq, from what was looked at
  local libraries="$libraries progress"
  transform -- 'progress_line | visible'
}

print_change() {
  local line
  printf -v line '%6.2f%%  step %d/%d  epoch %d  mean loss %s' "$percent" "$step" "$steps" "$epoch" "$loss"
  [[ $step == 0 || $last == "$percent $step $loss" ]] || note "$line"
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
