# shellcheck shell=bash
# Files of gemtune's own: 0600 in folders 0700, replaced whole, never through a symbolic link.

settings_are_locked=false

lock_settings() { # until the command ends: of two changes at once the second waits, and none is lost
  [[ $settings_are_locked == false && $dry_run == false ]] || return 0
  config_folder
  hold_lock 8 "$REPLY/lock" 10 "changing the settings in $REPLY" "$settings_elsewhere"
  settings_are_locked=true
}
settings_elsewhere='Make that possible, or keep your settings elsewhere: export GEMTUNE_CONFIG=FOLDER'

change_file() ( # FILE COMMAND...
  # COMMAND finds the old text in REPLY, and leaves the new one there; a subshell, for its umask, traps and lock
  new=$1.new
  umask 077
  export LC_ALL=C # the words of a failure are said
  lock_settings
  [[ ! -L $1 ]] ||
    die unexpected "$1 is a symbolic link, and settings are not written through one." \
      "Remove it, or make a link of its folder."
  trap '' HUP INT TERM # for the milliseconds until it is in its place
  REPLY=''
  [[ ! -e $1 ]] || ! IFS= read -r -d '' REPLY <"$1" || # it has found a NUL, and more may stand behind that
    die unexpected "$1 is no text, and is left as it is." "Mend it, or empty it: : >'$1'"
  "${@:2}"
  why=$({ mkdir -p "${1%/*}" && write_new "$REPLY" && mv -f "$new" "$1" || { rm -f "$new" && false; }; } 2>&1) ||
    cannot_write "$1" "$why"
)

write_new() { # TEXT  to new, which a killed gemtune may have left behind
  rm -f "$new" && set -o noclobber && printf %s "$1" >"$new"
}

become() { # TEXT  for change_file
  REPLY=$1
}

would() { # WHAT  ends the command at --dry-run
  [[ $dry_run == false ]] || { note "Would $1; nothing was changed." && exit; }
}

cannot_write() { # FILE WORDS_OF_THE_FAILURE
  die unexpected "Cannot write $1: ${2##*: }." "$settings_elsewhere"
}
