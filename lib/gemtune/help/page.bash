# shellcheck shell=bash
# A manual in a window: wrapped to its width, and on a terminal with bold words.

columns=80 window='' bold='' plain='' before='' marked='' lead=''

look_at_window() { # sets window to its width, '' where there is none, columns to how wide a page is, bold and plain
  window=${COLUMNS:-}
  if [[ ! $window =~ ^[1-9][0-9]{0,3}$ ]]; then
    window=''
    [[ ! -t 1 ]] || { window=$(stty size <&3 2>/dev/null) || window=''; } 3>&1
    window=${window#* }
  fi
  columns=$((window > 0 && window < 80 ? window : 80))
  [[ ! -t 1 || -n ${NO_COLOR:-} || ${TERM:-dumb} == dumb ]] || bold=$'\e[1m' plain=$'\e[0m'
}

through_pager() { # COMMAND...  as git does it: only on a terminal, and one screen needs none
  local pager=${PAGER-less}
  if [[ ! -t 1 || ${TERM:-dumb} == dumb || -z $pager || $pager == cat ]] || ! command -v "${pager%% *}" >/dev/null; then
    "$@"
  else
    "$@" 2>/dev/null | LESS=${LESS-FRX} sh -c "$pager" || true # who has read enough ends the pager first
  fi
}

lay_heading() { # TEXT
  printf '%s%s\n' "${section:+$'\n'}" "$bold$1$plain"
  before=''
}

lay_name() { # WORDS SUMMARY
  wrap 4 4 "$1 - $2"
}

lay_usage() { # TEXT
  wrap 4 8 "$1"
}

lay_text() { # TEXT
  blank_line text
  wrap 4 4 "$1"
}

lay_item() { # TERM TEXT
  blank_line item
  marked=$bold
  wrap 4 8 "$1"
  marked=''
  wrap 8 8 "$2"
}

lay_code() { # LINE  a flag may stand on a line of its own, and what is printed can still be pasted
  local rest=${1// --/$'\n'--} line='' part
  blank_line code
  while part=${rest%%$'\n'*} && [[ -n $part ]]; do
    if [[ -n $line ]] && ((${#line} + ${#part} + 7 > columns)); then
      printf '    %s \\\n' "$line"
      line=' '
    fi
    line+=${line:+ }$part
    rest=${rest#"$part"} && rest=${rest#$'\n'}
  done
  printf '    %s\n' "$line"
}

blank_line() { # KIND  between paragraphs, and where another kind of block begins
  [[ -z $before || ($before == "$1" && $1 != text) ]] || printf '\n'
  before=$1
}

lay_end() { :; }

wrap() { # INDENT_OF_THE_FIRST_LINE INDENT TEXT
  local indent=$1 line='' word words=()
  read -r -a words <<<"$3" || true
  for word in ${words[@]+"${words[@]}"}; do
    if [[ -n $line ]] && ((indent + ${#line} + 1 + ${#word} > columns)); then
      put_line "$indent" "$line"
      line='' indent=$2
    fi
    line+=${line:+ }$word
  done
  put_line "$indent" "$line"
}

put_line() { # INDENT TEXT  in the indent stands lead; what stands between backquotes is bold, where there is bold
  local rest=$2 text=''
  [[ -z $marked ]] || text=$bold
  while [[ -n $bold && $rest == *\`* ]]; do
    if [[ -z $marked ]]; then marked=$bold; else marked=''; fi
    text+=${rest%%\`*}${marked:-$plain}
    rest=${rest#*\`}
  done
  printf '%-*s%s%s\n' "$1" "$lead" "$text$rest" "${marked:+$plain}"
  lead=''
}
