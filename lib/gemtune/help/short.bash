# shellcheck shell=bash
# The answer to -h: the summary, the usage, and each flag in one line.

lay_heading() { :; }

lay_usage() { # TEXT
  wrap 0 4 "Usage: $1"
}

lay_item() { # TERM TEXT
  local line room=$((columns < 72 ? columns / 3 : 24))
  printf -v line "  %-${room}s  %s" "$1" "${2//\`/}"
  if ((${#1} + 6 > columns)); then
    line="  $1"
  elif ((${#line} > columns)); then
    line=${line:0:columns-4} && line="${line% *} ..."
  fi
  printf '%s\n' "$line"
}

lay_text() { :; }

lay_code() { :; }

print_short() { # COMMAND_FILE_WITHOUT_SUFFIX
  section=''
  summary_of "$1"
  wrap 0 0 "$REPLY"
  read_manual "$1.bash" && walk
  wrap 0 0 "All of it: gemtune$command_words --help"
}
