# shellcheck shell=bash
# Where files live. With an emulator, tokens, credentials and ledger live in its data directory, so that
# nothing it issued can reach Google, nor the reverse. Each function answers in REPLY.

base_folder() { # VALUE_OF_XDG_VARIABLE FALLBACK_BELOW_HOME
  [[ -n $1 || -n ${HOME:-} ]] || die unexpected "HOME is not set, so there is no place for files." \
    "Set it: export HOME=~"
  REPLY=${1:-$HOME/$2}/gemtune
}

config_folder() {
  REPLY=${GEMTUNE_CONFIG:-}
  [[ -n $REPLY ]] || base_folder "${XDG_CONFIG_HOME:-}" .config
}

cache_folder() {
  emulator_folder || base_folder "${XDG_CACHE_HOME:-}" .cache
}

state_folder() {
  emulator_folder || base_folder "${XDG_STATE_HOME:-}" .local/state
}

emulator_folder() { # fails when the service is not an emulator
  setting base_url
  [[ $ORIGIN == GEMTUNE_EMULATOR_HOST ]] || return 1
  default_data_dir
}

default_data_dir() {
  REPLY=${GEMTUNE_EMULATOR_DATA_DIR:-}
  [[ -n $REPLY ]] || { base_folder "${XDG_STATE_HOME:-}" .local/state && REPLY+=/emulator; }
  expect_own "$REPLY"
}

expect_own() { # FILE|FOLDER  of an emulator: what somebody else has put there is not believed
  [[ ! -e $1 || -O $1 ]] || die permission "$1 belongs to somebody else, so nothing in it is believed." \
    "Name a folder of yours: gemtune emulator start --data-dir=DIR"
}

credentials_file() { # the file to read; login writes it too, except where GOOGLE_APPLICATION_CREDENTIALS names another
  if emulator_folder; then
    REPLY+=/application_default_credentials.json
  else
    from_environment GOOGLE_APPLICATION_CREDENTIALS || well_known_credentials_file
  fi
  [[ $REPLY == /* ]] || REPLY=$PWD/$REPLY # the token cache is tied to this name
}

well_known_credentials_file() { # gcloud's own
  REPLY=${CLOUDSDK_CONFIG:-}
  [[ -n $REPLY || -n ${HOME:-} ]] || base_folder '' ''
  REPLY=${REPLY:-${HOME:-}/.config/gcloud}/application_default_credentials.json
}

own_credentials_file() { # the one that login writes, to be changed; what a person has put elsewhere is read only
  if ! emulator_folder && from_environment GOOGLE_APPLICATION_CREDENTIALS; then
    die usage \
      "GOOGLE_APPLICATION_CREDENTIALS names the credentials in use ($REPLY), and they are not gemtune's to change." \
      "For the login that gemtune made: unset GOOGLE_APPLICATION_CREDENTIALS"
  fi
  credentials_file
}

token_cache() { # CREDENTIALS_FILE  for each a folder named after its path, and in it a file for each kind of token
  local folder=${1//\//%} file=token${token_account:+@$token_account}${token_scopes:+@$token_scopes}
  cache_folder
  folder=${folder%.json} file=${file//\//%}
  ((${#folder} <= 200)) || folder=${folder:${#folder}-200}
  ((${#file} <= 200)) || file=${file:0:200} # who shares it sees in it whose token it is
  REPLY=$REPLY/tokens/$folder/$file
}
