# shellcheck shell=bash
# A folder of the command's own, which is gone at the end, however that comes.

at_end='' # a function that is told the exit code

make_folder() { # sets folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/gemtune.XXXXXX" 2>/dev/null) ||
    die unexpected "No folder can be made in ${TMPDIR:-/tmp}." "Name one where there is room: export TMPDIR=FOLDER"
  trap leave_folder EXIT
  exit_on_signals
}

leave_folder() {
  local code=$?
  rm -rf "$folder"
  [[ -z $at_end ]] || "$at_end" "$code"
  end_log "$code"
}
