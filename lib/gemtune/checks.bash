# shellcheck shell=bash
# What a flag takes, by the word that stands for its value in the manual: N is a whole number from 1 to 999,999,999,
# NUMBER, RATE and SECONDS are numbers from zero on, a|b is a or b. Other words are checked by who uses them.

check_value() { # FLAG WORD VALUE  an empty value counts as none
  [[ -n $3 ]] || return 0
  case $2 in
    N) [[ $3 =~ ^0*[1-9][0-9]{0,8}$ ]] || invalid "$1" "'$3' is not a positive integer." ;;
    NUMBER | RATE | SECONDS)
      [[ $3 =~ ^([0-9]+\.?[0-9]*|\.[0-9]+)([eE]-?[0-9]+)?$ ]] || invalid "$1" "'$3' is not a positive number."
      ;;
    *\|*) [[ "|$2|" == *"|$3|"* && $3 != *\|* ]] || invalid_choice "$1" "$3" "${2//|/ }" ;;
  esac
}

invalid_choice() { # FLAG VALUE CHOICES
  # shellcheck disable=SC2086 # a word for each
  did_you_mean "$2" $3
  invalid "$1" "'$2' is none of ${3// /, }.$REPLY"
}

invalid() { # FLAG WHY
  usage_error "Invalid value for [$1]: $2"
}

check_verbosity() { # gcloud's levels; debug alone makes gemtune say more
  case $verbosity in debug | info | warning | error | critical | none) ;; *)
    did_you_mean "$verbosity" debug info warning error critical none
    usage_error "Invalid value for [--verbosity]: '$verbosity'.$REPLY"
    ;;
  esac
}

check_duration() { # FLAG VALUE  sets REPLY to its seconds: 90, 90s, 10m, 48h or 7d
  [[ $2 =~ ^([0-9]{1,8})([smhd]?)$ ]] ||
    usage_error "Invalid value for [$1]: '$2' is not a duration such as 90, 10m or 48h."
  REPLY=$((10#${BASH_REMATCH[1]}))
  case ${BASH_REMATCH[2]} in m) ((REPLY *= 60)) ;; h) ((REPLY *= 3600)) ;; d) ((REPLY *= 86400)) ;; esac
}

check_email() { # EMAIL
  [[ $1 =~ ^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$ ]] || usage_error "'$1' is not an email address."
}
