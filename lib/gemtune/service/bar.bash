# shellcheck shell=bash
# The bar of a tuning: one line of the terminal, drawn again in its place. It reads what `finished` has set.

draw_bar() {
  local columns width text full REPLY # the one of the caller is the answer it still needs
  columns=$(stty size <&2 2>/dev/null) || columns=''
  columns=${columns#* }
  ((columns > 0)) || columns=80
  describe_progress "$columns"
  text=$REPLY
  width=$((columns - ${#text} - 4))
  ((width <= 30)) || width=30
  if ((width >= 5)); then
    printf -v full %.0f "$percent"
    printf -v full "%$((full * width / 100))s" ''
    printf -v REPLY "%-${width}s" "${full// /#}"
    text="[${REPLY// /.}] $text"
  fi
  erase_bar "$columns"
  bar=${text:0:columns-1}
  printf %s "$bar" >&2
}

describe_progress() { # COLUMNS  sets REPLY to what stands behind the bar; fewer words where it is narrow
  local mean=$loss time='' digits=4 format='%3.0f%%  step %d/%d  epoch %d  mean loss %s%s'
  (($1 >= 70)) || { digits=3 format='%3.0f%% %d/%d e%d loss %s%s'; }
  [[ $loss == - || $loss == *[Nn]* ]] || printf -v mean "%.${digits}g" "$loss"
  [[ $left == - ]] || time_left
  ((digits == 3)) || time=${time:+" $time left"}
  # shellcheck disable=SC2059 # one of the two above
  printf -v REPLY "$format" "$percent" "$step" "$steps" "$epoch" "$mean" "${time:+ $time}"
}

time_left() { # sets time from left, in seconds: 0:42 or 1:02:03
  printf -v time '%d:%02d' $((left / 60 % 60)) $((left % 60))
  ((left < 3600)) || printf -v time '%d:%02d:%02d' $((left / 3600)) $((left / 60 % 60)) $((left % 60))
}

erase_bar() { # [COLUMNS]  a terminal that was made narrower has wrapped it
  local rows=0
  [[ -n $bar ]] || return 0
  ((rows = (${#bar} - 1) / ${1:-1000})) || true
  ((rows == 0)) || printf '\e[%dA' "$rows" >&2
  printf '\r\e[J' >&2
}

end_bar() { # what was drawn last stays
  [[ -z $bar ]] || printf '\n' >&2
  bar=''
}

beside_bar() { # lines of stdin in the bar's place; it is drawn again below them
  local line
  while IFS= read -r line; do
    erase_bar && bar=''
    printf '%s\n' "$line" 2>/dev/null || true
  done
}
