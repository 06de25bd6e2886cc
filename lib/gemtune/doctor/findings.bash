# shellcheck shell=bash
# What doctor finds: each has an id, a state, a sentence, and a next step where one is needed.

findings='' first_code=0 errors=0 warnings=0

finding() { # STATE ID SENTENCE [NEXT_STEP]  said at once, unless --format wants them all together
  local next=${4:-} newline=$'\n'
  next=${next% Then: gemtune doctor}
  if [[ -n $format_kind ]]; then
    findings+="$2"$'\t'"$1"$'\t'"${3//[$'\t\n']/ }"$'\t'"${next//"$newline"/$'\x1e'}"$'\n'
  else
    printf '%-8s %-17s %s\n' "$1" "$2" "${3//[$'\t\n']/ }"
    [[ -z $next ]] || printf '%9s%s\n' '' "${next//"$newline"/$'\n         '}"
  fi
}

fine() { # ID SENTENCE
  finding ok "$@"
}

doubtful() { # ID SENTENCE NEXT_STEP
  ((warnings += 1))
  finding warning "$@"
}

wrong() { # EXIT_CODE ID SENTENCE NEXT_STEP  what comes first causes what follows: its exit code is doctor's
  ((errors += 1))
  ((first_code > 0)) || first_code=$1
  finding error "${@:2}"
}

examine() { # ID COMMAND...  sets REPLY to what it prints; what it dies of is a finding, and examine fails
  local line code=0 printed='' said='' both
  both=$({ "${@:2}" 2>&4 | sed 's/^/>/'; } 4>&1) || code=$?
  while IFS= read -r line; do
    case $line in
      '>'*) printed+=${line#>}$'\n' ;;
      ERROR:*) said=${line#*') '}$'\n' ;;
      *) [[ -z $said ]] || said+=${line#  }$'\n' ;;
    esac
  done <<<"$both"
  REPLY=${printed%$'\n'}
  ((code != 0)) || return 0
  said=${said:-The check failed ($code): ${both##*$'\n'}$'\n'}
  said=${said%$'\n'}
  line=${said#"${said%%$'\n'*}"}
  wrong "$code" "$1" "${said%%$'\n'*}" "${line#$'\n'}"
  return 1
}

show_findings() { # all of them, and how many on stderr
  [[ -z $format_kind ]] || printf %s "$findings" | show_rows table objects id,state,sentence,nextStep id,state,sentence
  note "Errors: $errors, warnings: $warnings."
}
