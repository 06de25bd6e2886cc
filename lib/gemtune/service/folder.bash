# shellcheck shell=bash
# A folder of the command's own, which is gone at the end, however that comes.

at_end='' # a function that is told the exit code

make_folder() { # sets folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/gemtune.XXXXXX")
  trap leave_folder EXIT
  exit_on_signals
}

leave_folder() {
  local code=$?
  rm -rf "$folder"
  [[ -z $at_end ]] || "$at_end" "$code"
}
