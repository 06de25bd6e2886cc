# shellcheck shell=bash
# The service that tunes: its files are loaded once somebody needs them.

backend='' # until it is loaded

use_backend() { # for a command that asks a service: others do not wait for what is in its folder
  local file
  load_backend
  for file in "$lib"/service/*.bash; do
    # shellcheck source=/dev/null
    source "$file"
  done
}

load_backend() {
  local part
  [[ -z $backend ]] || return 0
  setting backend
  check_backend
  backend=$REPLY
  for part in models tuning inference; do libraries+=" backends/$backend/$part"; done
  # shellcheck source=lib/gemtune/backends/gemini.bash
  source "$lib/backends/$backend.bash"
}

check_backend() {
  [[ $REPLY =~ ^[a-z]+$ && -f $lib/backends/$REPLY.bash ]] ||
    die 2 "There is no backend '$REPLY' ($ORIGIN)." "The one there is: --backend=gemini"
}
