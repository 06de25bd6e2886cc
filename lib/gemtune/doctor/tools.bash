# shellcheck shell=bash
# The programs that gemtune stands on.

check_tools() {
  fine bash "bash $BASH_VERSION"
  check_tool curl 7 76
  check_tool jq 1 6 compile_programs
  check_python
}

check_tool() { # TOOL MAJOR MINOR [COMMAND]  that tries it
  local version='([0-9]+)\.([0-9]+)[0-9.]*' said
  examine "$1" need "$1" || return 0
  [[ $("$1" --version 2>&1) =~ $version ]] && said=${BASH_REMATCH[0]} || said=''
  if [[ -n $said ]] && ((BASH_REMATCH[1] < $2 || (BASH_REMATCH[1] == $2 && BASH_REMATCH[2] < $3))); then
    wrong 1 "$1" "$1 $said is too old: gemtune needs $2.$3 or newer." \
      "Install a newer one, and put its folder first in PATH."
  elif [[ -n ${4:-} ]] && ! examine "$1" "$4"; then
    return
  elif [[ -n $said ]]; then
    fine "$1" "$1 $said"
  else
    doubtful "$1" "$1 does not say its version." "gemtune needs $2.$3 or newer."
  fi
}

compile_programs() { # each definition is called, for jq leaves out what is not; nothing is run
  local file line calls='' definition='^def ([a-z_]+)(\([^)]*\))?:' names='visible columns format'
  for file in "$lib"/backends/*/*.jq; do
    file=${file#"$lib/"}
    names+=" ${file%.jq}"
  done
  names+=' filter rows refuse lookup progress rounds curve claim'
  jq_program "$names" ''
  while IFS= read -r line; do
    [[ $line =~ $definition ]] || continue
    line=${BASH_REMATCH[2]:+(.${BASH_REMATCH[2]//[^;]/})}
    calls+=", ${BASH_REMATCH[1]}${line//;/;.}"
  done <<<"$REPLY"
  run_jq "$names" "empty | (${calls#, })" -n
}

check_python() {
  local version='^([0-9]+)\.([0-9]+)'
  examine python python_version || return 0
  if [[ $REPLY =~ $version ]] && ((BASH_REMATCH[1] == 3 && BASH_REMATCH[2] < 10)); then
    wrong 1 python "Python $REPLY is too old: gemtune needs 3.10 or newer." \
      "Name a newer one: export GEMTUNE_PYTHON=/path/to/it"
    return
  fi
  fine python "Python $REPLY"
  ! examine python-packages py doctor packages || fine python-packages "$REPLY"
}

python_version() {
  find_python
  "$python" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3], "(" + sys.executable + ")")'
}
