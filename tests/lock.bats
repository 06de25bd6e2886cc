# Locks: held by a process, let go by the kernel.
load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  PATH=${PATH//$root\/tests\/fake:/} # a real pause
  cat >locker <<'SH'
root=$1 lib=$1/lib/gemtune command_words='' command_file=''
for file in "$lib"/*.bash; do source "$file"; done
set -euo pipefail
hold_lock 9 "$2" "$3" 'counting the sheep' 'Go elsewhere.'
shift 3
eval "$*"
SH
}

locker() { # FILE SECONDS WORD...  what the shell does under the lock
  bash locker "$root" "$@"
}

hold() { # FILE [WORD...]  in the background, until its stdin ends; returns when the lock is held; sets holder
  mkfifo held go
  bash locker "$root" "$1" 5 "${2:-}" 'echo >held; read -r _ || true' <go &
  holder=$!
  exec 7>go
  read -r _ <held
}

@test "one at a time, in a file that nobody else may read, in folders that it makes" {
  umask 000
  locker deep/er/lock 5 true
  equals '600 700 700' "$(stat -c %a deep/er/lock deep/er deep | tr '\n' ' ' | sed 's/ $//')"
  echo 0 >sheep
  for ((i = 0; i < 12; i++)); do
    locker deep/er/lock 30 'read -r n <sheep; echo $((n + 1)) >sheep' &
  done
  wait
  equals 12 "$(<sheep)"
}

@test "who has it too long is named, and the wait has an end" {
  hold lock
  exits 75 locker lock 0.1 true
  equals 'ERROR: (gemtune) Another gemtune has been counting the sheep for 0.1 seconds.
  When it has ended, do the same again.' "$stderr"
  exits 75 locker lock 1.2 true
  says 'Another gemtune is counting the sheep; waiting for it, up to 1.2 s ...'
  exec 7>&-
  wait "$holder"
  exits 0 locker lock 0 true
}

@test "a killed one leaves nothing to remove" {
  hold lock
  kill -9 "$holder"
  wait "$holder" || true
  exits 0 locker lock 0 true
}

@test "it can be let go early, and a child that was started without it does not keep it" {
  hold lock 'release_lock 9;'
  exits 0 locker lock 0 true
  exec 7>&-
  wait "$holder"
  rm held go
  hold lock 'sleep 60 9>&- >/dev/null 2>&1 3>&- & echo $! >child;'
  kill -9 "$holder"
  exits 0 locker lock 0 true
  kill "$(<child)"
}

@test "a link, a pipe, a folder, a file in place of the folder: said, and nothing is opened" {
  : >plain && ln -s plain link && mkfifo pipe && mkdir folder
  for file in link pipe folder; do
    exits 1 locker "$file" 5 true
    equals "ERROR: (gemtune) Cannot lock $file: it is no plain file."$'\n  Go elsewhere.' "$stderr"
  done
  exits 1 locker plain/deep/lock 5 true
  says 'Cannot lock plain/deep/lock: Not a directory.'
}

@test "a disk without locks is said, in the words of the system" {
  printf '%s\n' 'import errno, fcntl, runpy, sys' \
    'def flock(*_): raise OSError(errno.ENOLCK, "No locks available")' \
    'fcntl.flock = flock; sys.argv[:3] = []' \
    'runpy.run_path(sys.argv[0], run_name="__main__")' >lockless.py
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$GEMTUNE_PYTHON" "$PWD/lockless.py" >python && chmod +x python
  exits 1 env GEMTUNE_PYTHON="$PWD/python" bash locker "$root" lock 5 'echo done'
  equals $'ERROR: (gemtune) Cannot lock lock: No locks available.\n  Go elsewhere.' "$stderr"
  equals '' "$output"
}

@test "without a Python that is said once" {
  exits 1 env GEMTUNE_PYTHON=/nowhere bash locker "$root" lock 5 true
  equals 2 "$(wc -l <<<"$stderr" | tr -d ' ')"
  says 'GEMTUNE_PYTHON names /nowhere, which is not there.'
}
