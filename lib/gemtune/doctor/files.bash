# shellcheck shell=bash
# Who can read what is secret, and write what is obeyed.

check_files() {
  local open='' file
  examine file-modes files_of_gemtune || return 0
  while IFS= read -r file; do
    [[ -z $file ]] || is_private "$file" || open+=" '${file//\'/\'\\\'\'}'"
  done <<<"$REPLY"
  if [[ -n $open ]]; then
    doubtful file-modes "Others on this machine can get at your credentials, tokens or settings." "chmod go-rwx$open"
  else
    fine file-modes "Credentials, tokens and settings are your own."
  fi
}

files_of_gemtune() { # those there are
  local folder
  credentials_file
  [[ ! -f $REPLY ]] || printf '%s\n' "$REPLY"
  cache_folder
  folder=$REPLY/tokens
  [[ ! -d $folder ]] || find "$folder" -type f
  config_folder
  [[ ! -d $REPLY ]] || find "$REPLY" -type f
}

is_private() { # FILE  neither group nor others may do anything
  local mode
  mode=$(ls -ldL "$1" 2>/dev/null) || return 0
  [[ ${mode:4:6} == ------ ]]
}
