# shellcheck shell=bash
# Files that a person asked for: whole or not at all.

expect_writable() { # FILE  before anything is sent whose answer goes there
  local folder=.
  [[ $1 != */* ]] || folder=${1%/*}/
  is_written_through "$1" || [[ ! -d $1 && -d $folder && -w $folder ]] ||
    die unexpected "$1 cannot be written, so nothing was sent." "Name a file in a folder of yours."
}

is_written_through() { # FILE  a pipe, a device (root can replace one) or a link, such as /dev/stdout
  [[ -e $1 && ! -d $1 && (-L $1 || ! -f $1) ]]
}

replace_file() { # FILE TEXT  beside the old one, then in its place
  # in a container one that was killed had the same number
  local new=$1.$$.$RANDOM.new
  if is_written_through "$1"; then
    ! { printf '%s\n' "$2" >"$1"; } 2>/dev/null || return 0
  elif { (set -o noclobber && printf '%s\n' "$2" >"$new") && mv -f "$new" "$1"; } 2>/dev/null; then
    return
  fi
  rm -f "$new"
  die unexpected "$1 could not be written." "Make room there, or name another file."
}
