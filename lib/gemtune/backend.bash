# shellcheck shell=bash
# The service that tunes. A backend is deeds, not addresses: what each takes and gives stands beside its name here. Its
# result goes into the variable that the caller names first; a NAME is one that parse_name gave.

#   url VAR SERVICE            where a service of it answers: api, storage
#   headers VAR                what a request carries beside the token, a line each
#   parse_name VAR TEXT [KIND] "KIND NAME OPERATION" (base, model or operation); fails for what cannot be one,
#                              and ends the command for what begins as the service's own names do and is none
#   list VAR KIND FILTER SIZE  (base, model or own) the URL, then on a line of its own what is left to compare here
#   get VAR NAME               its document; fails, as all that follow, where the service does not know NAME
#   expect_tunable NAME        ends the command where it cannot be tuned
#   start VAR BODY DATA ID     what the service answers; BODY and DATA are files. It sets status: 409 where ID is
#                              taken, and unknown where the answer does not say whether it was done
#   watch VAR NAME             "URL NAME": where to look how its tuning is, and what that is called
#   ask VAR NAME whole|stream  the URL that takes a prompt
#   update VAR NAME FIELDS BODY   its document; FIELDS and BODY are update_body's
#   cancel NAME                of watch
#   delete NAME                also when it was done already
deeds='url headers parse_name list get expect_tunable start watch ask update cancel delete'

# Beside them it may say:
#   page_mark       a text that every page has which another one follows: without it jq is not asked
#   started_keys    what of an answer to start `create` prints in a table
#   none_tunable    a sentence, and on lines of its own what to do
#   stream          the library of an answer that comes in pieces
#   without_PART    why it lacks the file PART.bash
backend='' base_url=''
backend_page_mark='' backend_started_keys='' backend_stream=''
backend_none_tunable='No model can be tuned with this login.'

use_backend() { # for a command that asks a service: others do not wait for what is in its folder
  local file
  load_backend
  for file in "$lib"/service/*.bash; do
    # shellcheck source=/dev/null
    source "$file"
  done
  service_url base_url api
}

load_backend() {
  local deed
  [[ -z $backend ]] || return 0
  setting backend
  check_backend
  backend=$REPLY
  # shellcheck source=lib/gemtune/backends/gemini.bash
  source "$lib/backends/$backend.bash"
  for deed in $deeds; do
    declare -F "backend_$deed" >/dev/null || die unexpected "The backend '$backend' lacks backend_$deed." \
      "What each has to do stands in $lib/backend.bash"
  done
}

check_backend() {
  [[ $REPLY =~ ^[a-z]+$ && -f $lib/backends/$REPLY.bash ]] || {
    backend_names
    die usage "There is no backend '$REPLY' ($ORIGIN)." "Those there are: --backend=${names// /, --backend=}"
  }
}

backend_names() { # sets names
  local file
  names=''
  for file in "$lib"/backends/*.bash; do
    file=${file##*/}
    names+=${names:+ }${file%.bash}
  done
}

service_url() { # VAR SERVICE  what the person has set is for all of them
  setting base_url
  if [[ -n $REPLY ]]; then printf -v "$1" %s "$REPLY"; else "backend_url" "$1" "$2"; fi
}

use_part() { # NAME  of what a backend may have or not: sharing
  local refusal=backend_without_$1
  [[ -f $lib/backends/$backend/$1.bash ]] || die usage "${!refusal:-The backend '$backend' has no $1.}"
  # shellcheck source=/dev/null
  source "$lib/backends/$backend/$1.bash"
}
