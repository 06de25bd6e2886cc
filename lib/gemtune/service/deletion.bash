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
  expect_tuned "$1"
  if [[ $dry_run == true ]]; then
    find_model "$1"
    printf '%s\n' "$model"
  else
    on_model GET "$1"
    transform -- "resource | value(\"$row_keys\")" <<<"$REPLY"
  fi
}

list_rows() { # on stderr, as a table
  printf %s "$rows" | format_kind='' show_rows table objects "$row_keys" >&2
}

add_own_rows() { # those that --filter leaves; the looking is done with --dry-run too
  local dry_run=false format_kind=value format_keys=''
  backend_own
  filter_query="&filter=$REPLY${filter_query:+%20${filter_query#&filter=}}"
  backend_tuned_models
  rows=$(list_resources "$REPLY" tuned_models "$row_keys") || exit
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
  backend_model "$model"
  request_deletion "$REPLY"
  note "Deleted [$1]."
}

request_deletion() { # PATH  gone at the second attempt: the first one arrived, and only its answer was lost
  request DELETE "$1" '' 404
  [[ $status != 404 ]] || ((attempt > 1)) || refuse
}

count_failure() { # EXIT_CODE  of several kinds: 1
  ((failures += 1))
  ((failure_code == 0 || failure_code == $1)) && failure_code=$1 || failure_code=1
}
