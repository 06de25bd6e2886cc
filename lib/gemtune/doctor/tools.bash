# shellcheck shell=bash
# The programs that gemtune stands on.

check_tools() {
  fine bash "bash $BASH_VERSION"
  check_tool curl 7 76
  check_tool jq 1 6
  check_python
}

check_tool() { # TOOL MAJOR MINOR
  local version='([0-9]+)\.([0-9]+)[0-9.]*'
  examine "$1" need "$1" || return 0
  [[ $("$1" --version 2>&1) =~ $version ]] || { doubtful "$1" "$1 does not say its version." "gemtune needs $2.$3 or newer." && return; }
  if ((BASH_REMATCH[1] > $2 || (BASH_REMATCH[1] == $2 && BASH_REMATCH[2] >= $3))); then
    fine "$1" "$1 ${BASH_REMATCH[0]}"
  else
    wrong 1 "$1" "$1 ${BASH_REMATCH[0]} is too old: gemtune needs $2.$3 or newer." \
      "Install a newer one, and put its folder first in PATH."
  fi
}

check_python() {
  local version='^([0-9]+)\.([0-9]+)'
  examine python python_version || return 0
  if [[ $REPLY =~ $version ]] && ((BASH_REMATCH[1] == 3 && BASH_REMATCH[2] < 10)); then
    wrong 1 python "Python $REPLY is too old: gemtune needs 3.10 or newer." "Name a newer one: export GEMTUNE_PYTHON=/path/to/it"
    return
  fi
  fine python "Python $REPLY"
  ! examine python-packages py doctor packages || fine python-packages "$REPLY"
}

python_version() {
  find_python
  "$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3], "(" + sys.executable + ")")'
}
