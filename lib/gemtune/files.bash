# shellcheck shell=bash
# Files that a person asked for: whole or not at all.

expect_writable() { # FILE  before anything is sent whose answer goes there
  local folder=.
  [[ $1 != */* ]] || folder=${1%/*}/
  [[ ! -d $1 && -d $folder && -w $folder ]] || die 1 "$1 cannot be written, so nothing was sent." "Name a file in a folder of yours."
}

replace_file() { # FILE TEXT  beside the old one, then in its place
  local new=$1.$$.new
  if ! { (set -o noclobber && printf '%s\n' "$2" >"$new") && mv -f "$new" "$1"; } 2>/dev/null; then
    rm -f "$new"
    die 1 "$1 could not be written." "Make room there, or name another file."
  fi
}
