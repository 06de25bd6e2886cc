# Usage: gemtune quickstart
# Summary: Walk the whole tutorial against an emulator, in under a minute and without an account
#
# Every command is printed as you would type it, then run. Nothing is left running, and nothing is
# written outside a temporary folder.

parse_arguments '' "$@"
unset GOOGLE_APPLICATION_CREDENTIALS GEMTUNE_BACKEND GEMTUNE_EMULATOR_HOST GEMTUNE_EMULATOR_DATA_DIR
find_python
make_folder
PATH=$root/bin:$PATH
cd "$folder" || exit
cp "$lib/quickstart.csv" numbers.csv

typed() { # COMMAND_LINE  shown as it would be typed, then run as it is shown
  printf '\n$ %s\n' "$1"
  eval "$1" || exit
}

stop_emulator() {
  kill ${emulator:+"$emulator"} 2>/dev/null || true
  wait
  cd /
}
at_end=stop_emulator

mkfifo first-line
printf '\n$ %s\n' "gemtune emulator start --host-port=127.0.0.1:0 --data-dir=data --auto-consent &"
(trap - TERM && exec gemtune emulator start --host-port=127.0.0.1:0 --data-dir=data --auto-consent >first-line) &
emulator=$!
IFS= read -r address <first-line || die unexpected "The emulator did not start." "Its own words stand above."
printf '%s\n' "$address"
typed 'eval "$(gemtune emulator env-init --data-dir=data)"'

printf -v BROWSER '%q -m gemtune emulator visit %%s' "$python" && export BROWSER
typed 'gemtune auth login --client-id-file=data/client_secret.json'
typed 'eval "$(gemtune env)"'
typed 'gemtune models list --tunable'
typed 'gemtune list'
typed 'gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv \
    --id=number-generator --batch-size=2 --learning-rate=0.001 --epoch-count=5'
typed 'gemtune poll --interval=1'
typed "gemtune infer number-generator 'twenty two'"
typed 'gemtune list'

cat <<'END'

That was the emulator. The same commands go to Google once you log in with a client file of your own
(https://console.cloud.google.com/auth/clients, an OAuth client ID of type "Desktop app"):

  gemtune auth login --client-id-file=client_secret.json
  gemtune config set project PROJECT_ID
  gemtune models list --tunable

Since May 2025 Google offers no model for tuning in the Gemini API, so that last list is empty there for now.
END
