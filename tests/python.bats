# Which Python runs the Python half, and what is said where there is none that can.
load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  echo '{}' >rows.json
}

copy() { # PREFIX  as the README copies gemtune
  mkdir -p "$1"
  cp -r "$root/bin" "$root/lib" "$1"
}

stub() { # FILE  a Python that says who it is
  mkdir -p "${1%/*}"
  printf '#!/bin/sh\necho "%s: $PYTHONPATH"\n' "$1" >"$1"
  chmod +x "$1"
}

@test "a PATH without python3 is told where to get it" {
  mkdir tools
  for tool in bash env readlink cat jq; do ln -s "$(command -v "$tool")" tools/; done
  copy prefix
  exits 1 env -u GEMTUNE_PYTHON PATH="$PWD/tools" ./prefix/bin/gemtune dataset check rows.json
  says 'python3 is missing.'
  says 'apt-get install python3'
  : >prefix/requirements.txt
  exits 1 env -u GEMTUNE_PYTHON PATH="$PWD/tools" ./prefix/bin/gemtune dataset check rows.json
  says 'python3 is missing.'
}

@test "a GEMTUNE_PYTHON that is not there is named" {
  exits 1 env GEMTUNE_PYTHON=/nowhere/python gemtune dataset check rows.json
  says 'GEMTUNE_PYTHON names /nowhere/python, which is not there.'
  says 'unset GEMTUNE_PYTHON'
}

@test "a Python that is too old is named, without a traceback" {
  printf '%s\n' 'import sys, runpy' 'sys.version_info = (3, 9)' 'sys.argv[1:3] = []' \
    'runpy.run_module("gemtune", alter_sys=True)' >old.py
  printf '#!/bin/sh\nexec "%s" "%s" -m gemtune "$@"\n' "$GEMTUNE_PYTHON" "$PWD/old.py" >old
  chmod +x old
  exits 1 env GEMTUNE_PYTHON="$PWD/old" gemtune dataset check rows.json
  says 'gemtune needs Python 3.10 or newer'
  equals 2 "$(wc -l <<<"$stderr" | tr -d ' ')"
}

@test "a copy takes the Python beside it, else the first on PATH, and the packages beside its own" {
  unset GEMTUNE_PYTHON
  copy prefix
  stub "$PWD/other/python3"
  PATH=$PWD/other:$PATH
  exits 0 ./prefix/bin/gemtune dataset check rows.json
  equals "$PWD/other/python3: $PWD/./prefix/lib/python" "${output/$PWD\/prefix/$PWD/./prefix}"
  stub "$PWD/prefix/bin/python3"
  exits 0 ./prefix/bin/gemtune dataset check rows.json
  prints "$PWD/prefix/bin/python3: "
}

@test "it is told what scopes the backends need, each once" {
  local auth=https://www.googleapis.com/auth
  copy prefix
  mkdir prefix/lib/gemtune/backends/other
  printf '%s\n' $auth/{cloud-platform,other} >prefix/lib/gemtune/backends/other/scopes.txt
  printf '#!/bin/sh\necho "$GEMTUNE_SCOPES"\n' >says-scopes
  chmod +x says-scopes
  GEMTUNE_PYTHON=$PWD/says-scopes GEMTUNE_SCOPES=mine exits 0 ./prefix/bin/gemtune dataset check rows.json
  equals "$auth/cloud-platform,$auth/generative-language.tuning,$auth/other" "$output"
}

@test "an installed one takes the version it was installed for, but not that of an active virtual environment" {
  unset GEMTUNE_PYTHON
  copy prefix
  mkdir -p prefix/lib/python3.99/site-packages/gemtune
  stub "$PWD/active/bin/python3.99"
  touch active/pyvenv.cfg
  PATH=$PWD/active/bin:$PATH
  exits 1 ./prefix/bin/gemtune dataset check rows.json
  says 'python3.99, for which gemtune was installed, is not there any more.'
  stub "$PWD/other/python3.99"
  PATH=$PATH:$PWD/other exits 0 ./prefix/bin/gemtune dataset check rows.json
  prints "$PWD/other/python3.99: "
  stub "$PWD/prefix/bin/python3.99"
  exits 0 ./prefix/bin/gemtune dataset check rows.json
  prints "/prefix/bin/python3.99: "
}

@test "a file of the user's that is called like a module is not imported" {
  "$GEMTUNE_PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || skip 'Python 3.10 cannot be told'
  echo 'raise SystemExit("imported")' | tee json.py argparse.py >/dev/null
  numbers
  exits 0 gemtune dataset check numbers.csv
}

@test "where a package is missing, the line that adds it fits where the Python is" {
  mkdir -p without
  for name in starlette uvicorn; do printf 'raise ModuleNotFoundError("no %s", name="%s")\n' "$name" "$name" >"without/$name.py"; done
  exits 1 env PYTHONPATH="$PWD/without" gemtune emulator start --host-port=127.0.0.1:0
  says 'ERROR: (gemtune.emulator.start) Python lacks what this command needs: no uvicorn.'
  says "$GEMTUNE_PYTHON -m pip install 'starlette>="
  copy 'my prefix'
  exits 1 env GEMTUNE_PYTHON="$(base_python)" PYTHONPATH="$PWD/without" './my prefix/bin/gemtune' emulator start
  says "-m pip install --upgrade '--target=$HOME/my prefix/lib/python' 'starlette>="
}

base_python() { # the interpreter below the virtual environment of the tests
  "$GEMTUNE_PYTHON" -c 'import sys; print(sys._base_executable)'
}

@test "the extras a copy is told are those of pyproject.toml" {
  PYTHONPATH=$root/lib/python "$GEMTUNE_PYTHON" - "$root/pyproject.toml" <<'PYTHON'
import pathlib, re, sys
from gemtune.installation import PACKAGES
text = pathlib.Path(sys.argv[1]).read_text()
found = {"": re.search(r"^dependencies = (\[.*\])", text, re.M)[1]}
for extra in set(PACKAGES) - {""}:
    found[extra] = re.search(rf"^{extra} = (\[.*\])", text, re.M)[1]
for extra, names in PACKAGES.items():
    assert list(names) == eval(found[extra]), extra
PYTHON
}

@test "two that come first at the same time prepare one .venv, and both run" {
  copy clone
  printf '%s\n' '# nothing' >clone/requirements.txt
  mkdir -p clone/.venv.new/bin # of one that was killed
  for one in 1 2; do
    env -u GEMTUNE_PYTHON ./clone/bin/gemtune dataset check rows.csv 2>"said.$one" &
  done
  wait
  for one in 1 2; do
    fails grep -q 'failed' "said.$one"
    grep -q 'rows.csv' "said.$one"
  done
  equals .venv "$(cd clone && echo .venv*)"
}

@test "a preparation that fails says why, and leaves no half" {
  copy clone
  echo 'no-such-package-anywhere==1' >clone/requirements.txt
  exits 1 env -u GEMTUNE_PYTHON PIP_NO_INDEX=1 ./clone/bin/gemtune dataset check rows.csv
  says 'Preparing'
  says 'No matching distribution found for no-such-package-anywhere==1'
  equals '.venv*' "$(cd clone && echo .venv*)"
}
