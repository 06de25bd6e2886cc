# shellcheck shell=bash
# The Python half, run by the interpreter that has what it needs.

py() { # ARGUMENT...
  local code=0
  [[ $1 != auth && $* != *https://* ]] || share_network
  find_python
  { # it takes Ctrl-C only when it can say so without a traceback; bash's report of a signal is no word of ours
    (trap '' INT && exec "$python" -c "$python_main" "$@" 2>&8) || code=$?
  } 8>&2 2>/dev/null
  return "$code"
}

find_python() { # sets python
  export GEMTUNE_COMMAND=gemtune${command_words// /.} GEMTUNE_REFUSALS=$lib/refusals.tsv GEMTUNE_SURVIVED=$survived
  # shellcheck source=/dev/null
  source "$lib/start/python_variables.bash"
  export_scopes
  python=python3
  if [[ -n ${GEMTUNE_PYTHON:-} ]]; then
    python=$GEMTUNE_PYTHON
    command -v "$python" >/dev/null ||
      die unexpected "GEMTUNE_PYTHON names $python, which is not there." \
        "Without it gemtune looks for one: unset GEMTUNE_PYTHON"
  elif [[ -e $root/requirements.txt ]]; then
    venv_is_current || prepare_venv
    python=$root/.venv/bin/python
  elif installed_python; then
    return
  elif [[ -x $root/bin/python3 ]]; then
    python=$root/bin/python3
  fi
  need "$python" python3
  export PYTHONPATH=$root/lib/python${PYTHONPATH:+:$PYTHONPATH}
}

run_alone() { # FILE_OF_THE_PACKAGE ARGUMENT...  it imports no other: any Python will do, and nothing is prepared for it
  local python=${GEMTUNE_PYTHON:-} file
  [[ -n $python ]] || for python in "$root/.venv/bin/python" "$root/bin/python3" python3; do
    ! type -P "$python" >/dev/null || break
  done
  type -P "$python" >/dev/null || find_python # it knows other places, and what to say
  for file in "$root/lib/python/gemtune/$1" "$root"/lib/python3.*/*-packages/gemtune/"$1"; do
    [[ ! -e $file ]] || break
  done
  (trap '' INT && exec "$python" -I -S "$file" "${@:2}") # it hears Ctrl-C when it can say so without a traceback
}

export_scopes() { # what the backends need of a login, each scope once
  local scope
  export GEMTUNE_SCOPES=''
  while IFS= read -r scope; do
    [[ ,$GEMTUNE_SCOPES, == *,"$scope",* ]] || GEMTUNE_SCOPES+=${GEMTUNE_SCOPES:+,}$scope
  done <<<"$(cat "$lib"/backends/*/scopes.txt)"
}

installed_python() { # sets python to the one that pip, pipx or uv installed gemtune for
  local package version=''
  for package in "$root"/lib/python3.*/*-packages/gemtune; do
    [[ -d $package ]] || continue
    version=${package#"$root/lib/"} && version=${version%%/*}
    python=$root/bin/$version
    [[ ! -x $python ]] || return 0
    while IFS= read -r python; do # what pip install --user has put there is not seen from a virtual environment
      [[ -e ${python%/*/*}/pyvenv.cfg ]] || return 0
    done < <(type -aP "$version")
  done
  [[ -z $version ]] ||
    die unexpected "$version, for which gemtune was installed, is not there any more." \
      "Install gemtune again as it was: with pip, pipx reinstall gemtune, or uv tool install --reinstall gemtune"
  return 1
}

venv_is_current() { # the copy of the requirements tells what it was made for
  [[ -x $root/.venv/bin/python && $(cat "$root/.venv/requirements.txt" 2>&1) == "$(<"$root/requirements.txt")" ]]
}

prepare_venv() {
  local words
  need python3
  python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
    die unexpected "gemtune needs Python 3.10 or newer with venv." \
      "Install it: apt-get install python3-venv (Debian, Ubuntu)"
  note "Preparing Python in $root/.venv (once, about 15 seconds) ..."
  words=$(python3 "$root/lib/python/gemtune/checkout_venv.py" "$root" 2>&1) ||
    die unexpected "Preparing $root/.venv failed: ${words##*$'\n'}" "Run the same command again when that is mended."
}
