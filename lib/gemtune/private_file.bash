# shellcheck shell=bash
# Files of gemtune's own: 0600 in folders 0700, replaced whole, never through a symbolic link.

change_file() ( # FILE COMMAND...
  # COMMAND finds the old text in REPLY, and leaves the new one there; a subshell, for its umask and traps
  new=$1.new
  umask 077
  export LC_ALL=C # the words of a failure are compared
  [[ ! -L $1 ]] ||
    die unexpected "$1 is a symbolic link, and settings are not written through one." \
      "Remove it, or make a link of its folder."
  claim "$new" "$1"
  trap '' HUP INT TERM # for the milliseconds until it is in its place
  REPLY=''
  [[ ! -e $1 ]] || IFS= read -r -d '' REPLY <"$1" || true
  "${@:2}"
  why=$({ printf %s "$REPLY" >"$new" && mv -f "$new" "$1" || { rm -f "$new" && false; }; } 2>&1) ||
    cannot_write "$1" "$why"
)

become() { # TEXT  for change_file
  REPLY=$1
}

would() { # WHAT  ends the command at --dry-run
  [[ $dry_run == false ]] || { note "Would $1; nothing was changed." && exit; }
}

claim() { # NEW_FILE FILE  only one can make it: of two changes at once the second waits, and none is lost
  local tenths why
  why=$(mkdir -p "${1%/*}" 2>&1) || cannot_write "$2" "$why"
  for ((tenths = 0; tenths < 50; tenths++)); do
    why=$({ set -o noclobber && : >"$1"; } 2>&1) && return
    [[ $why == *exist* ]] || cannot_write "$2" "$why"
    sleep 0.1
  done
  die temporary "Another gemtune has been changing $2 for five seconds, or was killed while it did." \
    "If none is running: rm '$1'"
}

cannot_write() { # FILE WORDS_OF_THE_FAILURE
  die unexpected "Cannot write $1: ${2##*: }." \
    "Make that possible, or keep your settings elsewhere: export GEMTUNE_CONFIG=FOLDER"
}
