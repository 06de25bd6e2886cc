# No secret in a process list, in an environment, in a log, in a trace, or in a file that others can read.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  numbers
  export BROWSER="$root/tests/fake/browser %s"
}

every_command() { # FLAG...  each command that touches a secret, once
  local run=("$@")
  "${run[@]}" auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json"
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/tokens"
  "${run[@]}" models list
  "${run[@]}" create --base-model=gemini-1.5-flash-001-tuning --training-data=numbers.csv --id="secret$RANDOM" --format='value(name)' >name
  "${run[@]}" poll --interval=60
  "${run[@]}" list
  "${run[@]}" describe "$(<name)"
  "${run[@]}" infer "$(<name)" 1
  "${run[@]}" list --dry-run
  "${run[@]}" env
  "${run[@]}" auth print-access-token --scopes=cloud-platform --format=curl-config
  "${run[@]}" auth set-quota-project some-project
  "${run[@]}" auth status
  secrets >patterns
  "${run[@]}" auth revoke --quiet
}

secrets() { # a pattern for each secret of this login: the values themselves, and what such values look like
  jq -r '.refresh_token, .client_secret' "$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json"
  cut -d'"' -f4 "$GEMTUNE_EMULATOR_DATA_DIR"/tokens/*/token*
  printf '%s\n' ya29. 1//0 4/0A GOCSPX- code_verifier=
}

@test "the process list shows no secret, neither as argument nor in an environment" {
  cat >sampler.py <<'END'
import os, pathlib, sys
home = os.environb[b"HOME"]  # other tests run at the same time
seen = set()
while not pathlib.Path("finished").exists():
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes()
            if home in environment:
                seen.add(environment + (process / "cmdline").read_bytes())
        except OSError:
            pass
sys.stdout.buffer.write(b"\n".join(seen).replace(b"\0", b"\n"))
END
  [[ -d /proc/self ]] || skip 'there is no /proc'
  "$GEMTUNE_PYTHON" sampler.py >seen 3>&- &
  # a variable of the caller's is exported, and stays so whatever is put into it
  every_command env REPLY= token= token_line= refused= gemtune >/dev/null 2>&1
  [[ -s patterns ]]
  touch finished
  wait $!
  grep -qa 'application_default_credentials.json' seen
  grep -qa -e '^--url' seen
  fails grep -aF -f patterns seen
}

@test "--log-http, --verbosity=debug, --log-file and a trace of the shell show no secret" {
  export GEMTUNE_LOG_FILE=$HOME/log
  for tracing in "gemtune --log-http" "gemtune --verbosity=debug" "bash -x $root/bin/gemtune"; do
    # shellcheck disable=SC2086 # several words
    every_command $tracing 2>shown >/dev/null
    grep -q gemtune shown
    fails grep -F -f <(grep -v code_verifier patterns) shown log
    grep -q '"url":' log
  done
}

@test "whatever the umask is, its files are 0600 in folders of 0700, after every rewrite too" {
  umask 000
  every_command gemtune >/dev/null 2>&1
  every_command gemtune >/dev/null 2>&1
  equals '' "$(find "$GEMTUNE_EMULATOR_DATA_DIR" -type f ! -perm 600)"
  equals '' "$(find "$GEMTUNE_EMULATOR_DATA_DIR" -type d ! -perm 700)"
}

@test "a symbolic link in place of the credentials is refused, and its target is left alone" {
  echo mine >target
  ln -sf "$HOME/target" "$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json"
  exits 1 gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json"
  says 'is a symbolic link'
  equals mine "$(<target)"
  rm "$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json"
}

@test "a token goes to no other host: plain http elsewhere is refused, the emulator's token stays with the emulator" {
  gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" 2>/dev/null
  exits 2 gemtune list --base-url=http://example.com
  exits 4 gemtune list --base-url=https://example.com
  says "there is no $HOME/.config/gcloud/application_default_credentials.json"
}
