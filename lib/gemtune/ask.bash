# shellcheck shell=bash
# Questions to a person, on stderr.

asking() { # is there anybody to ask
  [[ $quiet == false && -t 0 ]]
}

ask() { # QUESTION [DEFAULT]  sets REPLY; Tab completes the names of files
  local default=${2:-} edit=''
  [[ ${TERM:-dumb} == dumb ]] || edit=-e
  IFS= read -r ${edit:+"$edit"} -p "$1${default:+ [$default]}: " REPLY ||
    { note '' && die unexpected "Aborted by user."; }
  trim "$REPLY"
  REPLY=${REPLY:-$default}
}

trim() { # TEXT  sets REPLY to it without the blanks around it
  REPLY=${1#"${1%%[![:space:]]*}"}
  REPLY=${REPLY%"${REPLY##*[![:space:]]}"}
}

choose() { # QUESTION ANSWER...  sets REPLY to the number of one; Enter is the first
  local number=0 answer
  note "$1"
  shift
  for answer; do note " [$((number += 1))] $answer"; done
  until ask 'Please enter your numeric choice' 1 && [[ $REPLY =~ ^[1-9][0-9]?$ ]] && ((REPLY <= number)); do
    note "Please enter a number from 1 to $number."
  done
}
