# shellcheck shell=bash
# The Python half, run by the interpreter that has what it needs.

py() { # ARGUMENT...
  find_python
  "$python" -m gemtune "$@"
}

find_python() { # sets python
  export GEMTUNE_COMMAND=gemtune${command_words// /.} PYTHONPATH=$root/lib/python${PYTHONPATH:+:$PYTHONPATH}
  if [[ -n ${GEMTUNE_PYTHON:-} ]]; then
    python=$GEMTUNE_PYTHON
  elif [[ -e $root/requirements.txt ]]; then
    venv_is_current || prepare_venv
    python=$root/.venv/bin/python
  elif [[ -x $root/bin/python3 ]]; then
    python=$root/bin/python3
  else
    need python3
    python=python3
  fi
}

venv_is_current() { # the copy of the requirements is put there last, so a broken-off installation is done again
  [[ $(cat "$root/.venv/requirements.txt" 2>&1) == "$(<"$root/requirements.txt")" ]]
}

prepare_venv() { # beside the old one, then in its place
  local new=$root/.venv.$$ words
  need python3
  python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null ||
    die 1 "gemtune needs Python 3.10 or newer with venv." "Install it: apt-get install python3-venv (Debian, Ubuntu)"
  note "Preparing Python in $root/.venv (once, about 15 seconds) ..."
  # shellcheck disable=SC2064 # the name must be the one of now
  trap "rm -rf '$new'" EXIT
  words=$({
    python3 -m venv "$new" &&
      "$new/bin/python" -m pip install --disable-pip-version-check -r "$root/requirements.txt" &&
      cp "$root/requirements.txt" "$new/"
  } 2>&1) || die 1 "Preparing $root/.venv failed: ${words##*$'\n'}" "Run the same command again when that is mended."
  venv_is_current || { rm -rf "$root/.venv" && mv "$new" "$root/.venv"; }
}
