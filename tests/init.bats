load helper
setup_file() {
  start_emulator
  cp "$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json" "$BATS_FILE_TMPDIR/login"
}
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  unset GEMTUNE_PROJECT
  credentials=$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json
  cp "$BATS_FILE_TMPDIR/login" "$credentials"
  export BROWSER="$root/tests/fake/browser %s"
  file=$HOME/.config/gemtune/configurations/config_default
}

init() { # [FLAG...]  the questions and answers on stdin
  "$GEMTUNE_PYTHON" "$root/tests/converse.py" gemtune init "$@"
}

@test "from nothing to a list: the client file of the emulator, a login, its project" {
  rm "$credentials"
  exits 0 init <<<$'Client file [|\nId of the project that pays [gemtune-emulator]|'
  prints 'Your settings go into the configuration [default].'
  prints "$ gemtune auth login --client-id-file=$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json"
  prints 'Credentials saved to file'
  prints $'$ gemtune list\nListed 0 items.'
  prints 'gemtune is set up.'
  fails grep -F 'NEVER ASKED' <<<"$output"
  equals $'[core]\nproject = gemtune-emulator' "$(<"$file")" # nothing of the emulator's is remembered but what was asked
}

@test "run again it keeps the login, and picks, makes or switches to a configuration" {
  gemtune config set project before 2>/dev/null
  exits 0 init <<<$'choice [1]|9\nchoice [1]|1\nchoice [1]|1\npays [before]|'
  prints 'Please enter a number from 1 to 2.'
  prints ' [1] Re-initialize this configuration [default] with new settings'
  prints 'There is a login in ['
  fails grep -F 'auth login' <<<"$output"
  exits 0 init <<<$'choice [1]|2\nEnter configuration name|My Work\nEnter configuration name|default\nEnter configuration name|work\nchoice [1]|1\npays [gemtune-emulator]|Work\npays [gemtune-emulator]|at-work'
  prints 'Invalid name [My Work] for a configuration.'
  prints 'Cannot create configuration [default], it already exists.'
  prints "'Work' (core/project) is not a project id."
  equals 'work at-work' "$(<"$HOME/.config/gemtune/active_config") $(gemtune config get project 2>/dev/null)"
  exits 0 init <<<$'choice [1]|3\nchoice [1]|2\nClient file [|\npays [before]|'
  prints ' [3] Switch to and re-initialize existing configuration: [default]'
  prints 'Activated [default].'
  prints 'Credentials saved to file'
  equals $'[core]\nproject = before' "$(<"$file")"
}

@test "without a terminal, and with --quiet, the flags that are missing are named in one message" {
  rm "$credentials"
  unset GEMTUNE_EMULATOR_HOST
  exits 2 gemtune init --configuration=new </dev/null
  says 'There is no terminal to ask on. Missing:'
  says '--client-id-file=FILE'
  says '--project=PROJECT_ID'
  exits 2 init --quiet --skip-login --configuration=new </dev/null
  fails grep -F -e --client-id-file= <<<"$output"
  prints '--project=PROJECT_ID'
  fails ls .config/gemtune
}

@test "with its flags it asks nothing, makes the configuration, and can be run again" {
  rm "$credentials"
  exits 0 gemtune init --configuration=new --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" --project=p </dev/null
  says 'Created [new].'
  says 'Activated [new].'
  equals p "$(gemtune config get project 2>/dev/null)"
  before=$(<"$credentials")
  exits 0 gemtune init </dev/null
  equals "$before" "$(<"$credentials")"
  GEMTUNE_PROJECT=other exits 0 gemtune init --skip-login </dev/null
  says 'The project that pays is [other], as GEMTUNE_PROJECT says.'
  equals p "$(gemtune config get project 2>/dev/null)"
  exits 0 gemtune init --dry-run </dev/null
  says 'nothing was changed'
}

@test "for Google it shows the pages of the console in order; a file of the wrong kind is asked for again; ^C and ^D" {
  unset GEMTUNE_EMULATOR_HOST
  mkdir 'my files'
  echo '{"web": {}}' >'my files/web.json'
  jq '.installed.auth_uri = "https://accounts.google.com/o/oauth2/auth" | .installed.token_uri = "https://oauth2.googleapis.com/token"' \
    "$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" >'my files/good.json'
  export TERM=vt100 # Tab and the arrows are readline's
  exits 130 init --no-browser <<<$'Client file:|nowhere.json\nClient file:|~/my\\ files/web.json\nClient file:|"my files/good.json"\nPaste |^C'
  equals 'projectcreate apis/library/generativelanguage.googleapis.com auth/branding auth/audience auth/scopes auth/clients' \
    "$(sed -n 's#^ *https://console.cloud.google.com/##p' <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
  prints "There is no file '$HOME/nowhere.json'"
  prints 'is an OAuth client of type "Web application".'
  prints 'gcloud auth application-default login --remote-bootstrap='
  fails ls "$file"
  cp 'my files/good.json' client_secret_1.json
  exits 1 init <<<'Client file [client_secret_1.json]|^D'
  prints 'Aborted by user.'
  fails grep -F 'console.cloud' <<<"$output"
}

@test "a first list that fails: its own words, its own code, and the settings stay" {
  plan_fault '{"path": "/v1beta/tunedModels", "error": "project-denied"}'
  exits 5 gemtune init --skip-login --project=p </dev/null
  says 'ERROR: (gemtune.list)'
  says 'The settings are saved, but the first list failed.'
  equals p "$(gemtune config get project 2>/dev/null)"
}
