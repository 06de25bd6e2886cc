# shellcheck shell=bash
# Every word that a person reads on stderr.

tell() { # TEXT  to stderr, which may be full, or closed: what is done does not hang on it
  { printf '%s\n' "$1" >&5; } 5>&2 2>/dev/null || true
}

note() { # TEXT
  local level=INFO
  [[ $1 != WARNING:* ]] || level=WARNING
  [[ -z $1 ]] || log "$level" "${1#WARNING: }"
  tell "$1"
}

debug() { # TEXT
  [[ $verbosity == debug ]] || return 0
  log DEBUG "$1"
  tell "DEBUG: $1"
}

can_draw() { # colours and bars, for a person
  [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]
}

survived='' # the exit code that does not end what a person has started: why it came is a note, and no error

die() { # EXIT_CODE WHAT [NEXT_STEP]  by its name in exit_codes.bash, or the number that a table of refusals has
  local red='' plain='' code=exit_$1
  code=${!code:-$1}
  [[ $code != "$survived" ]] || { note "$2" && exit "$code"; }
  start_log
  log ERROR "$2${3:+$'\n'$3}"
  ! can_draw || { red=$'\e[31m' plain=$'\e[0m'; }
  tell "${red}ERROR:$plain (gemtune${command_words// /.}) $2${3:+$'\n'  ${3//$'\n'/$'\n'  }}"
  exit "$code"
}

usage_error() { # WHAT
  usage_of "$command_file"
  die usage "$1" "$REPLY"
}

need() { # TOOL [PACKAGE]
  command -v "$1" >/dev/null ||
    die unexpected "$1 is missing." \
      "Install it: apt-get install ${2:-$1} (Debian, Ubuntu) or brew install ${2:-$1} (macOS)."
}

confirm() { # WHAT_WILL_HAPPEN [y]  y where Enter means yes; no terminal and no --quiet: refuse, for nobody was asked
  local answer prompt='y/N'
  [[ -z ${2:-} ]] || prompt='Y/n'
  prompt=$1$'\n\n'"Do you want to continue ($prompt)?  "
  [[ $quiet == false ]] || return 0
  [[ -t 0 ]] || die usage "There is no terminal to ask on: ${1//$'\n'/$'\n'  }" "Say yes beforehand: add --quiet."
  while printf %s "$prompt" >&2 && IFS= read -r answer; do
    case ${answer:-${2:-n}} in
      [yY] | [yY]es | YES) return ;;
      [nN] | [nN]o | NO) break ;;
    esac
    prompt="Please enter 'y' or 'n':  "
  done
  die unexpected "Aborted by user."
}
