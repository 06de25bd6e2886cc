load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

project() { # [FLAG...]  the project that a request would name
  gemtune list --dry-run "$@" | sed -n "s/.*x-goog-user-project: \(.*\)'.*/\1/p"
}

@test "project: flag, environment, gemtune's configuration, gcloud's configuration, in this order" {
  mkdir -p .config/gcloud/configurations .config/gemtune/configurations
  printf work >.config/gcloud/active_config
  printf '[compute]\nproject = wrong\n[core]\nproject = from-gcloud\n' >.config/gcloud/configurations/config_work
  equals from-gcloud "$(project)"
  printf '[core]\nproject = from-gemtune\n' >.config/gemtune/configurations/config_default
  equals from-gemtune "$(project)"
  printf '[core]\nproject=from-other' >.config/gemtune/configurations/config_other
  equals from-other "$(project --configuration=other)"
  equals from-other "$(GEMTUNE_ACTIVE_CONFIG_NAME=other project)"
  export GOOGLE_CLOUD_PROJECT=from-google CLOUDSDK_CORE_PROJECT=from-cloudsdk
  equals from-cloudsdk "$(project)"
  export GEMTUNE_PROJECT=from-environment
  equals from-environment "$(project)"
  equals from-flag "$(project --project=from-flag)"
}

@test "an empty variable counts as unset" {
  export GEMTUNE_PROJECT='' GOOGLE_CLOUD_PROJECT=p GEMTUNE_BACKEND='' GEMTUNE_BASE_URL='' GEMTUNE_EMULATOR_HOST=''
  exits 0 gemtune list --dry-run
  prints 'https://generativelanguage.googleapis.com/v1beta/tunedModels'
}

@test "no project: exit 5 and the line that sets one" {
  exits 5 gemtune list
  says 'No project is set'
  says 'gemtune config set project PROJECT_ID'
  exits 2 gemtune list --project='My Project'
  says "is not a project id"
}

@test "the base URL: flag, emulator, environment, default" {
  export GEMTUNE_PROJECT=p GEMTUNE_BASE_URL=https://one.example.com/
  exits 0 gemtune list --dry-run
  prints '"https://one.example.com/v1beta/'
  export GEMTUNE_EMULATOR_HOST=127.0.0.1:1
  exits 0 gemtune list --dry-run
  prints '"http://127.0.0.1:1/v1beta/'
  exits 0 gemtune list --dry-run --base-url=https://two.example.com
  prints '"https://two.example.com/v1beta/'
}

@test "a base URL without https, an emulator elsewhere, an unknown backend and configuration are refused" {
  export GEMTUNE_PROJECT=p
  exits 2 gemtune list --base-url=http://generativelanguage.googleapis.com
  says 'neither https nor on this machine'
  GEMTUNE_EMULATOR_HOST=example.com:80 exits 2 gemtune list
  says 'unset GEMTUNE_EMULATOR_HOST'
  exits 2 gemtune list --backend=../gemini
  says '--backend=gemini'
  exits 2 gemtune list --configuration=../x
  says 'Invalid name [../x] for a configuration (--configuration).'
}

@test "no HOME: a sentence, not an unbound variable" {
  export GEMTUNE_PROJECT=p
  exits 1 env -u HOME gemtune list
  says 'HOME is not set'
}

@test "what the caller's environment calls like a variable of gemtune's own is none of it" {
  export backend_base_url=https://x error_code=5 error_reason=x model=x property=x network_is_shared=true checked_configuration=x
  exits 0 gemtune config list --quiet
  prints 'backend = gemini'
  exits 6 gemtune explain what is this
  exits 0 gemtune explain not-ready
  prints 'MODEL'
}
