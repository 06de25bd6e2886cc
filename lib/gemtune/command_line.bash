# shellcheck shell=bash
# A command line, taken apart as the manual of its command says; flags of every command stand in arguments.bash.

flags=' ' given=' ' operands=() taken=1

read_flags() { # of the command's manual; --base-model has its variable flag_base_model, which is '' until it is given
  local line pattern='^  (--[a-z][-a-z]*)(=[^ ]+)?( |$)'
  read_manual "$command_file.bash"
  for line in "${manual_lines[@]}"; do
    [[ $line =~ $pattern ]] || continue
    flags+="${BASH_REMATCH[1]}${BASH_REMATCH[2]} "
    line=${BASH_REMATCH[1]#--}
    printf -v "flag_${line//-/_}" %s '' # without the %s bash 3.2 leaves it unset
  done
}

own_flag() { # FLAG [VALUE]  sets its variable: to the value, or to true where the manual names none
  local name=${1#--} pattern=" $1(=([^ ]+))? "
  [[ $1 =~ ^--[a-z][-a-z]*$ && $flags =~ $pattern ]] || return 1
  given+="$1 "
  if [[ -z ${BASH_REMATCH[2]} ]]; then
    printf -v "flag_${name//-/_}" true
  else
    value "flag_${name//-/_}" "$@"
    check_value "$1" "${BASH_REMATCH[2]}" "$2"
  fi
}

is_given() { # FLAG  also with an empty value
  [[ $given == *" $1 "* ]]
}

value() { # VARIABLE FLAG VALUE
  (($# > 2)) || usage_error "$2 needs a value."
  printf -v "$1" %s "$3"
  taken=2
}

parse_arguments() { # 'MODEL [PROMPT]' ARGUMENT...  sets operands and the variables of flags
  local expected=$1 joined
  shift
  read_flags
  while (($#)); do
    taken=1 joined=false
    [[ $1 != --*=* ]] || { set -- "${1%%=*}" "${1#*=}" "${@:2}" && joined=true; }
    case $1 in
      --) operands+=("${@:2}") && break ;;
      -[!0-9]*) own_flag "$@" || common_flag "$@" || unknown_flag "$1" ;; # -98 is a prompt
      *) operands+=("$1") ;;
    esac
    [[ $joined == false || $taken == 2 ]] || usage_error "$1 takes no value."
    shift "$taken"
  done
  start_log
  count_operands "$expected"
}

count_operands() { # 'MODEL [PROMPT]'  a word in brackets may be missing, one with ... may have more of its kind behind
  local rest=${1:+$1 } count=0
  while [[ -n $rest ]]; do # in an unquoted list [PROMPT] would be a pattern for the files of the current folder
    ((++count <= ${#operands[@]})) || [[ $rest == \[* ]] || usage_error "${rest%%[ .]*} is missing."
    rest=${rest#* }
  done
  ((${#operands[@]} <= count)) || [[ $1 == *...* ]] || usage_error "Unrecognized argument: '${operands[count]}'."
}
