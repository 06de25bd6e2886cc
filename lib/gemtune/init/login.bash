# shellcheck shell=bash
# What init asks next: the login.

settle_login() { # [--no-browser]
  local code
  if [[ -z $flag_client_id_file ]]; then
    known_client_id_file
    flag_client_id_file=$REPLY
    ! asking || find_client_id_file
  fi
  until log_in "$@"; do
    code=$?
    ((code == 2)) && asking || exit "$code" # 2: the file is not the right one
    ask_client_id_file
  done
}

keep_login() { # the one there is
  credentials_file
  [[ -f $REPLY ]] || return 1
  asking || return 0
  choose $'\n'"There is a login in [$REPLY]." 'Keep it' 'Log in anew'
  ((REPLY == 1))
}

log_in() { # [--no-browser]  and remember the client file, unless it is an emulator's
  printf '\n$ gemtune auth login --client-id-file=%q%s\n' "$flag_client_id_file" "${1:+ $1}" >&2
  "$root/bin/gemtune" auth login --client-id-file "$flag_client_id_file" "$@" || return
  emulator_folder || [[ $flag_client_id_file == - ]] || remember client_id_file "$flag_client_id_file"
}
