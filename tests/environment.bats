# What the caller's environment has for other programs changes nothing here, and takes no secret along.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  bash=$(type -P bash)
  mkdir tools
  # a curl and a jq that write down their environment
  for tool in curl jq; do
    printf '#!/bin/sh\nenv >>"%s"\nexec "%s" "$@"\n' "$PWD/handed" "$(type -P "$tool")" >"tools/$tool"
  done
  chmod +x tools/*
  PATH=$PWD/tools:$PATH
  token=$(gemtune auth print-access-token)
}

lists() { # NAME=VALUE...  gemtune answers as ever, and hands no token on
  rm -f handed
  exits 0 env "$@" "$bash" "$root/bin/gemtune" models list --format='value(name)'
  equals "$wanted" "$output"
  equals '' "$stderr"
  [[ -s handed ]] && fails grep -F "$token" handed
}

@test "shell options, whatever they are, change no answer and hand no token on" {
  wanted=$(gemtune models list --format='value(name)')
  for option in allexport noglob noclobber errtrace functrace physical keyword monitor posix notify emacs \
    allexport:noglob:noclobber:posix; do
    lists SHELLOPTS="braceexpand:$option"
  done
  for option in nullglob failglob nocasematch nocaseglob dotglob xpg_echo lastpipe inherit_errexit localvar_inherit \
    execfail compat42 compat44 nullglob:nocasematch; do
    lists BASHOPTS="$option"
  done
}

@test "variables that bash or its tools look at change no answer" {
  wanted=$(gemtune models list --format='value(name)')
  lists CDPATH=/ GLOBIGNORE='*' TMOUT=1 FUNCNEST=1 POSIXLY_CORRECT=1 IFS=a GREP_OPTIONS=-v BASH_COMPAT=31 SECONDS=x
  echo 'set -a; shopt -s nullglob; jq() { echo mine; }' >env.sh
  lists BASH_ENV="$PWD/env.sh" ENV="$PWD/env.sh"
}

@test "a function that the caller has exported is not taken for a tool" {
  wanted=$(gemtune models list --format='value(name)')
  for tool in curl jq cat date mkdir note die setting readlink access_token; do
    lists "BASH_FUNC_$tool%%=() { echo mine; exit 7; }"
  done
}

@test "a variable that the caller has exported under a name of gemtune's takes no secret along; a plugin gets it" {
  wanted=$(gemtune models list --format='value(name)')
  names=$(grep -rhoE '\b[a-z_]+=' "$root"/lib/gemtune --include='*.bash' | sort -u | sed 's/=/=mine/')
  # shellcheck disable=SC2086 # a word each
  lists $names REPLY=mine
  printf '#!/bin/sh\necho "$project_id"\n' >tools/gemtune-show && chmod +x tools/gemtune-show
  equals p "$(project_id=p gemtune show)"
}

@test "a proxy in small letters reaches curl" {
  export http_proxy=http://127.0.0.1:9 no_proxy=127.0.0.1
  gemtune models list >/dev/null
  grep -qx 'http_proxy=http://127.0.0.1:9' handed
}

@test "a locale that is not there is bash's one line at the start, and no more" {
  wanted=$(LC_ALL=xx_YY "$bash" -c : 2>&1) || true
  for locale in xx_YY xx_YY.UTF-8; do
    exits 0 env LC_ALL="$locale" "$bash" "$root/bin/gemtune" models list
    equals "${wanted//xx_YY/$locale}" "$stderr"
  done
  exits 0 env LC_ALL=C.UTF-8 gemtune models list
  equals '' "$stderr"
}

@test "a ~/.jq, right, wrong or a folder, changes no answer" {
  wanted=$(gemtune models list --format='value(name)')
  for text in 'def map(f): "mine";' 'broken (('; do
    echo "$text" >.jq
    lists A=1
  done
  rm .jq && mkdir .jq && echo 'broken ((' >.jq/visible.jq
  lists A=1
}

@test "a PYTHONPATH runs nothing of the current folder, nor do Python's other variables change anything" {
  for module in json runpy argparse re sitecustomize encodings google; do
    echo 'open("ran", "w"); raise SystemExit(9)' >"$module.py"
  done
  mkdir own && echo 'open("../ran", "w")' >own/json.py
  numbers
  interpreters=$GEMTUNE_PYTHON
  oldest=$(type -P python3.10) && "$oldest" -c 0 2>/dev/null && interpreters+=" $oldest"
  for python in $interpreters; do
    for path in : '' . own own: :/nowhere '/nowhere::' ./own:/nowhere; do
      exits 0 env GEMTUNE_PYTHON="$python" PYTHONPATH="$path" gemtune dataset check numbers.csv
    done
  done
  exits 0 env PYTHONHOME=/nowhere PYTHONSTARTUP=json.py PYTHONINSPECT=1 PYTHONWARNINGS=error PYTHONHASHSEED=x PYTHONUTF8=x \
    PYTHONIOENCODING=x PYTHONVERBOSE=1 PYTHONPYCACHEPREFIX=. PYTHONUSERBASE=own PYTHONBREAKPOINT=json PYTHONOPTIMIZE=2 \
    gemtune dataset check numbers.csv
  [[ ! -e ran ]]
  mkdir more && echo 'print("more")' >more/sitecustomize.py
  exits 0 env PYTHONPATH=":$PWD/more" gemtune dataset check numbers.csv
  prints more
}
