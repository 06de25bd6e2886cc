# shellcheck shell=bash
# Locks that the kernel lets go of when their process ends, however it ends: nobody has to remove one. The lock file
# stays where it is, empty, for the next one; to remove it would let two in at once.
#
# A lock belongs to the open descriptor, and so to every child that has inherited it: one that may outlive the command
# is started without it (COMMAND 9>&-).

hold_lock() { # DESCRIPTOR FILE SECONDS DOING [NEXT_STEP]
  # opens FILE as DESCRIPTOR and locks it, until the command ends or release_lock; DOING is what the gemtune does that
  # has it, such as "changing FILE". Ends the command: with 75 when that one keeps it longer than SECONDS, with 1 and
  # NEXT_STEP where FILE cannot be locked
  local why code=0
  open_lock "$1" "$2" 2>/dev/null || cannot_lock "$2" "$(LC_ALL=C && open_lock "$1" "$2" 2>&1)" "${5:-}"
  why=$(run_alone lock.py "$1" "$3" "$4") || code=$?
  case $code in
    0) ;;
    75) die temporary "Another gemtune has been $4 for $3 seconds." "When it has ended, do the same again." ;;
    *)
      [[ -n $why ]] || exit "$code" # somebody ended it, or there is no Python, and that is said
      cannot_lock "$2" "$why" "${5:-}"
      ;;
  esac
}

release_lock() { # DESCRIPTOR
  eval "exec $1>&-"
}

open_lock() { # DESCRIPTOR FILE  a link would lead elsewhere, and a pipe would keep us waiting
  if [[ -L $2 || (-e $2 && ! -f $2) ]]; then
    note 'it is no plain file'
    return 1
  fi
  [[ -e $2 ]] || (umask 077 && { [[ $2 != */* ]] || mkdir -p "${2%/*}"; } && : >>"$2") || return
  eval "exec $1>>\"\$2\""
}

cannot_lock() { # FILE WORDS_OF_THE_FAILURE NEXT_STEP
  die unexpected "Cannot lock $1: ${2##*: }." \
    "${3:-Make that possible: its folder must be yours, on a disk with locks.}"
}
