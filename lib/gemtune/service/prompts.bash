# shellcheck shell=bash
# A file of prompts on its way through a command: read into the command's folder, counted, and gone at the end.

answered=0 refused=0 total=0 next_line=0
created=''    # a file that was not there before
new_output='' # the same, once it is locked: it stays only when something is written to it
go_on=''      # how to take up what was broken off, where that is possible

read_prompts() { # FILE [FLAG...]  sets answered, refused and total: how many are there already, and are to be
  make_folder
  at_end=leave_prompts
  trap 'exit $exit_nobody_reads' PIPE
  py evaluation prompts "${@:2}" -- "$1" >"$folder/prompts" || end_without_prompts "$?"
  new_output=$created
  {
    IFS=' ' read -r answered refused total
    (cd "$folder" && split -l "$round_size" -a 5 - part.)
  } <"$folder/prompts"
}

end_without_prompts() { # EXIT_CODE  where another run may have the lock, its file stays
  (($1 == exit_temporary || $1 > 128)) || new_output=$created
  exit "$1"
}

leave_prompts() { # EXIT_CODE
  [[ -z $new_output || -s $new_output ]] || rm -f "$new_output"
  case $1 in
    75 | 129 | 130 | 143) [[ -z $go_on || $total == 0 ]] || note "$answered of $total are answered. $go_on" ;;
  esac
}

show_progress() { # HOW_MANY
  if can_draw; then
    printf '\r%d of %d' "$1" "$total" >&2
  elif ((SECONDS >= next_line)); then
    ((next_line == 0)) || note "$1 of $total"
    next_line=$((SECONDS + 10))
  fi
}

end_progress() {
  ! can_draw || printf '\r\e[K' >&2
}
