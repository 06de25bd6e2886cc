# shellcheck shell=bash
# Delete several models: one that fails does not keep the others.

rows='' failures=0 failure_code=0
row_keys=name,displayName,state,createTime # of the line that says what will go

add_row() { # NAME  to rows, unless it is there already; with --dry-run the name alone
  local row
  row=$(print_row "$1") || { count_failure $? && return; }
  [[ $'\n'$rows == *$'\n'"${row%%$'\t'*}"[$'\t\n']* ]] || rows+=$row$'\n'
}

print_row() { # NAME
  local document
  ! canonical_name "$1" || expect_tuned "$kind"
  if [[ $dry_run == true ]]; then
    find_model "$1"
    printf '%s\n' "$model"
  else
    on_model document backend_get "$1"
    transform -- "models | value(\"$row_keys\")" <<<"$document"
  fi
}

list_rows() { # on stderr, as a table
  printf %s "$rows" | format_kind='' show_rows table objects "$row_keys" >&2
}

add_own_rows() { # FILTER  those that it leaves; the looking is done with --dry-run too
  local format_kind=value format_keys=''
  rows=$(list_resources own models "$row_keys" "$1" '' '' '' --look) || exit
  rows+=${rows:+$'\n'}
}

delete_rows() { # ends the command, with the exit code of what failed
  local name code done=0 wanted=$failures
  while IFS=$'\t' read -r name _; do
    wanted=$((wanted + 1)) code=0
    (delete_model "$name") || code=$?
    if ((code == 0)); then done=$((done + 1)); else count_failure "$code"; fi
  done < <(printf %s "$rows")
  [[ $dry_run == true ]] || ((wanted == 1)) || note "Deleted $done of $wanted."
  exit "$failure_code"
}

delete_model() { # NAME
  model=$1
  backend_delete "$model" || refuse
  note "Deleted [$1]."
}

count_failure() { # EXIT_CODE  of several kinds: 1
  ((failures += 1))
  ((failure_code == 0 || failure_code == $1)) && failure_code=$1 || failure_code=1
}
