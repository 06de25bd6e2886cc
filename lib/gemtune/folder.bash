# shellcheck shell=bash
# A folder of the command's own, which is gone at the end, however that comes: what is killed leaves it to the next one.

folder=''

make_folder() { # sets folder
  local left=${TMPDIR:-/tmp}/gemtune.${HOSTNAME//[^A-Za-z0-9-]/}
  for folder in "$left".*; do
    is_left_behind "${folder#"$left".}" && rm -rf "$folder"
  done
  folder=$(mktemp -d "$left.$$.XXXXXX" 2>/dev/null) ||
    die unexpected "No folder can be made in ${TMPDIR:-/tmp}." "Name one where there is room: export TMPDIR=FOLDER"
}

is_left_behind() { # PROCESS.REST  of folder: by a process of this machine and of this person that is gone
  [[ -d $folder && ! -L $folder && -O $folder && ${1%%.*} =~ ^[0-9]+$ ]] && ! kill -0 "${1%%.*}" 2>/dev/null
}
