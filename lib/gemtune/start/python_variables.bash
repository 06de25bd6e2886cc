# shellcheck shell=bash
# What of the caller's environment, and of the current folder, reaches the Python half.

# as -m gemtune, but a json.py that lies in the current folder is not Python's, which 3.10 would think
python_main='import sys; sys.path = [p for p in sys.path if p.startswith("/")]
from gemtune.__main__ import main; sys.exit(main())'

own_python_variables() { # what is set for other programs in Python does not change this one
  local name members=() member path=''
  for name in $(compgen -e PYTHON); do
    case $name in
      PYTHONPATH | PYTHONUSERBASE | PYTHONNOUSERSITE | PYTHONDONTWRITEBYTECODE) ;; # where its packages are
      *) unset "$name" ;;
    esac
  done
  [[ ${PYTHONUSERBASE:-/} == /* ]] || unset PYTHONUSERBASE
  IFS=: read -r -a members <<<"${PYTHONPATH:-}" || true
  for member in ${members[@]+"${members[@]}"}; do
    [[ $member != /* ]] || path+=:$member # an empty one would be the current folder
  done
  unset PYTHONPATH
  [[ -z $path ]] || export PYTHONPATH=${path#:}
  export PYTHONSAFEPATH=1
}
own_python_variables
