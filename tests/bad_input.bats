# Files that are broken, foreign, or on a disk that takes nothing: said in one line, and left as they are.
load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  export NO_GCE_CHECK=true
  credentials=$HOME/.config/gcloud/application_default_credentials.json
  settings=$HOME/.config/gemtune/configurations/config_default
  mkdir -p "${credentials%/*}" "${settings%/*}"
}

teardown() { ! mountpoint -q "$BATS_TEST_TMPDIR/full" || umount "$BATS_TEST_TMPDIR/full"; }

refused() { # CODE FILE WORD...  one line and the next step, in no language's words, and FILE is what it was
  local before
  before=$(cksum <"$2")
  exits "$1" gemtune "${@:3}"
  equals '' "$output"
  [[ $stderr == "ERROR: (gemtune."*$'\n  '* && $(grep -c ERROR <<<"$stderr") == 1 ]]
  fails grep -E "Traceback|None|\{|\('|object" <<<"$stderr"
  equals "$before" "$(cksum <"$2")"
}

login() { # MEMBER...
  printf '{"type":"authorized_user","client_id":"i","client_secret":"s","refresh_token":"r"%s}' "${1:-}" >"$credentials"
}

@test "a credentials file that is truncated, garbage, or of a newer version" {
  for text in '' '{' '{"type":"authorized_user","client_i' 'garbage' '[]' '{"version":99}' '{"type":"authorized_user2"}' \
    '{"type":["a"]}' '{"type":"authorized_user","client_id":5}' '{"type":"service_account"}' \
    '{"type":"service_account","private_key":5,"client_email":"a@b","token_uri":"https://oauth2.googleapis.com/token"}' \
    '{"type":"impersonated_service_account","source_credentials":5}' '{"type":"external_account","audience":1}'; do
    printf %s "$text" >"$credentials"
    refused 4 "$credentials" auth print-access-token
    says 'gemtune auth login'
  done
}

@test "a credentials file that is a pipe, a device or a folder is not waited for" {
  for kind in 'mkfifo' 'ln -s /dev/zero' 'mkdir'; do
    $kind "$credentials"
    exits 4 timeout 20 gemtune auth print-access-token
    says "Cannot read $credentials: I"
    rm -r "$credentials"
  done
}

@test "a login of somebody else is not overwritten" {
  ((EUID == 0)) || skip 'only root can make one'
  login
  chown 65534 "$credentials"
  refused 1 "$credentials" auth set-quota-project some-project
  says "$credentials belongs to somebody else, and is left as it is."
  equals 65534 "$(stat -c %u "$credentials")"
}

@test "settings that are truncated, garbage, or of a newer version" {
  for text in '[cor' '[core]\nproj' 'project = a' '[core]\nnew_thing = 1\n' '[new]\nx = 1\n' '\377\376[\0c\0'; do
    # shellcheck disable=SC2059 # a format it is
    printf "$text" >"$settings"
    refused 2 "$settings" config set backend gemini
    says "empty the file: : >'$settings'"
  done
  printf '[core]\nproject = a\n\0# a comment' >"$settings"
  refused 1 "$settings" config set backend gemini
  says "$settings is no text, and is left as it is."
}

full() { # COMMAND_THAT_FILLS  a disk of one page, in place of FOLDER
  ((EUID == 0)) || skip 'only root can mount'
  mkdir -p "$BATS_TEST_TMPDIR/full"
  mount -t tmpfs -o "size=${1:-4k},mode=700" tmpfs "$BATS_TEST_TMPDIR/full" 2>/dev/null || skip 'nothing can be mounted here'
}

@test "settings on a full disk stay, and so do those on one that is read-only" {
  full 8k
  export GEMTUNE_CONFIG=$BATS_TEST_TMPDIR/full
  gemtune config set project before
  dd if=/dev/zero of="$GEMTUNE_CONFIG/rest" 2>/dev/null || true
  file=$GEMTUNE_CONFIG/configurations/config_default
  refused 1 "$file" config set project after
  says 'No space left on device'
  says 'export GEMTUNE_CONFIG=FOLDER'
  rm "$GEMTUNE_CONFIG/rest"
  mount -o remount,ro "$GEMTUNE_CONFIG"
  refused 1 "$file" config set project after
  says 'Read-only file system'
  says 'export GEMTUNE_CONFIG=FOLDER'
}

@test "tokens on a read-only disk, or on one without locks" {
  full
  login
  export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/full
  mount -o remount,ro "$XDG_CACHE_HOME"
  refused 1 "$credentials" auth print-access-token
  says 'Read-only file system'
  printf '%s\n' 'import errno, fcntl' 'def flock(*_): raise OSError(errno.ENOLCK, "No locks available")' \
    'fcntl.flock = flock' >sitecustomize.py
  XDG_CACHE_HOME=$HOME/cache PYTHONPATH=$HOME refused 1 "$credentials" auth print-access-token
  says 'No locks available'
  says 'export XDG_CACHE_HOME=FOLDER'
}
