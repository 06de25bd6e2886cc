# shellcheck shell=bash
# The one jq, and no ~/.jq. A program is put together from libraries here, as one text: a library that includes another
# one aborts jq 1.8.2 and the 1.7.1 of some distributions, and to read the text once is faster in every version.

libraries='visible columns format' # in the order in which they need each other; a loaded backend adds its own

jq_program() { # LIBRARIES PROGRAM  sets REPLY to the program with all definitions before it
  local name text=''
  need jq
  for name in $1; do text+=$(<"$lib/$name.jq")$'\n'; done
  REPLY=$text$2
}

run_jq() { # LIBRARIES PROGRAM [JQ_ARGUMENT...]
  # fails with 2 or more for input that is no JSON, or other than PROGRAM takes
  local complaints=3 code=0 REPLY
  jq_program "$1" "$2"
  # jq's own words are for --verbosity=debug
  [[ $verbosity != debug ]] || complaints=2
  { HOME=/dev/null jq "${@:3}" "$REPLY" || code=$?; } 3>/dev/null 2>&"$complaints" # bash's report of a signal too
  expect_sound_jq "$code"
  return "$code"
}

expect_sound_jq() { # EXIT_CODE  ends the command where jq itself is at fault, and not what it was given
  local words
  case $1 in
    3) words='does not take the programs of gemtune' ;;
    126 | 127) words='cannot be started' ;;
    129 | 130 | 141 | 143) exit "$1" ;; # somebody ended it, or reads no more
    *)
      (($1 > 128)) || return 0
      words="died of signal $(($1 - 128))"
      ;;
  esac
  die unexpected "This jq is broken: $(jq --version 2>&1 | head -n 1) ($(type -P jq)) $words." \
    "Install another one (any release from 1.6 on will do), and put its folder first in PATH. Then: gemtune doctor"
}

transform() { # [JQ_ARGUMENT...] -- PROGRAM
  # of the array of all JSON in stdin; fails with $nothing_came where there is none
  local arguments=() code=0
  while [[ $1 != -- ]]; do arguments+=("$1") && shift; done
  run_jq "$libraries" "if .[-1:] | . == [] or . == [null] then \"\" | halt_error($nothing_came)
    else try ($2) catch (tojson | halt_error($other_form)) end" -s -r ${arguments[@]+"${arguments[@]}"} || code=$?
  case $code in
    0 | "$nothing_came") return "$code" ;;
    "$other_form") die unexpected "The service's answer is not of the form that gemtune knows." \
      "Look at it with --log-http." ;;
    *) die unexpected "The service's answer cannot be read as JSON." "Look at it with --log-http." ;;
  esac
}
arguments=()                # of flag_arguments
nothing_came=9 other_form=8 # no JSON or null as the last; JSON that PROGRAM fails with

flag_arguments() { # NAME...  sets arguments: each flag as jq takes it; --base-model is base_model
  local name variable
  arguments=()
  for name; do
    name=${name//-/_} variable=flag_$name
    arguments+=(--arg "$name" "${!variable}")
  done
}
