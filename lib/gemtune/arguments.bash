# shellcheck shell=bash
# Flags of every command:
#
#   --project=PROJECT_ID    the Google Cloud project that pays (default: $GEMTUNE_PROJECT,
#                           $CLOUDSDK_CORE_PROJECT, $GOOGLE_CLOUD_PROJECT, gemtune's
#                           configuration, gcloud's configuration)
#   --backend=NAME          the service that tunes: gemini (default: $GEMTUNE_BACKEND)
#   --base-url=URL          where that service answers (default: $GEMTUNE_EMULATOR_HOST,
#                           $GEMTUNE_BASE_URL, https://generativelanguage.googleapis.com)
#   --ca-file=FILE          the certificates to trust, in PEM form (default: $CURL_CA_BUNDLE ..., the system's)
#   --configuration=NAME    whose settings to use (default: $GEMTUNE_ACTIVE_CONFIG_NAME, the active one)
#   --format=FORMAT         table, json, yaml, csv or value, with keys if you like:
#                           'value(name,tuningTask.hyperparameters.epochCount)'
#   -q, --quiet             answer every question with yes
#   --verbosity=LEVEL       debug says where requests go; the others change nothing (default: warning)
#   --dry-run               print the request as a curl line to paste, and send nothing
#   --log-http              show what goes over the wire on stderr, without secrets
#   -h, --help              this page; -h in short

flag_project='' flag_backend='' flag_base_url='' flag_ca_file='' flag_configuration='' flag_format=''
verbosity=warning quiet=false dry_run=false log_http=false
flags=' ' given=' ' operands=() taken=1

common_flag() { # FLAG [VALUE]  sets taken; 1 if it is not one of them
  taken=1
  case $1 in
    --project) value flag_project "$@" ;;
    --backend) value flag_backend "$@" ;;
    --base-url) value flag_base_url "$@" ;;
    --ca-file) value flag_ca_file "$@" ;;
    --configuration) value flag_configuration "$@" ;;
    --format) value flag_format "$@" && check_format "$flag_format" ;;
    -q | --quiet) quiet=true ;;
    --verbosity) value verbosity "$@" && check_verbosity ;;
    --dry-run) dry_run=true ;;
    --log-http) log_http=true ;;
    -h | --help) print_help "$1" && exit ;;
    *) return 1 ;;
  esac
}

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
