# shellcheck shell=bash
# The client file that the login of init wants.

known_client_id_file() { # sets REPLY, to '' where none is known
  if emulator_folder; then
    REPLY+=/client_secret.json
  else
    setting client_id_file
  fi
}

downloaded_client_id_file() { # the newest, or ''
  local file
  REPLY=''
  for file in client_secret*.json "${HOME:-}"/Downloads/client_secret*.json; do
    [[ ! -f $file || (-n $REPLY && $file -ot $REPLY) ]] || REPLY=$file
  done
}

find_client_id_file() { # with the pages that make one, where there is none
  [[ -n $flag_client_id_file ]] || { downloaded_client_id_file && flag_client_id_file=$REPLY; }
  [[ -n $flag_client_id_file ]] || { note '' && cat "$lib/init/client_secret.txt" >&2; }
  ask_client_id_file "$flag_client_id_file"
}

ask_client_id_file() { # [DEFAULT]  sets client_id_file; as it is typed, dragged or completed: ~, quotes, backslashes
  note ''
  while ask 'Client file' "${1:-}"; do
    case $REPLY in
      \'*\' | \"*\") REPLY=${REPLY:1:${#REPLY}-2} ;;
      \~/*) REPLY=${HOME:-}${REPLY#\~} ;;
    esac
    [[ -e $REPLY ]] || REPLY=${REPLY//\\/}
    [[ -n $REPLY ]] || continue
    (check_property client_id_file "$REPLY") && break
  done
  flag_client_id_file=$REPLY
}
