load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

tour() { # COMMAND...  runs quickstart, with the packages that tests/run fetched in place of a network
  env -u GEMTUNE_PYTHON PIP_NO_INDEX=1 PIP_FIND_LINKS="$root/tests/.venv-install/wheels" PATH=/usr/bin:/bin "$@" quickstart
}

@test "a fresh clone in an empty HOME runs the whole tutorial, twice, and leaves nothing behind" {
  clone 'my clone'
  exits 0 tour './my clone/bin/gemtune'
  says "Preparing Python in $HOME/my clone/.venv"
  equals 1 "$(grep -c . <<<"${stderr%%$'\n'*}")"
  for line in '$ gemtune emulator start' '$ eval "$(gemtune emulator env-init' '$ gemtune auth login --client-id-file=' \
    '$ eval "$(gemtune env)"' '$ gemtune models list --tunable' '$ gemtune list' '$ gemtune create' '$ gemtune poll' \
    '$ gemtune infer' 'twenty three' $'tunedModels/number-generator\tACTIVE' 'Since May 2025'; do
    prints "$line"
  done
  says '100.00%  step 38/38  epoch 5  mean loss'
  says 'Listed 0 items.'
  exits 0 tour './my clone/bin/gemtune'
  [[ $stderr != *Preparing* ]]
  equals 'my clone' "$(ls -A)"
  fails pgrep -f "$HOME/my clone"
}

@test "a variable of the user's does not lead the tour astray" {
  export GEMTUNE_PROJECT=mine GEMTUNE_BASE_URL=https://nowhere.invalid GEMTUNE_EMULATOR_HOST=127.0.0.1:1 \
    GOOGLE_APPLICATION_CREDENTIALS=$HOME/none.json http_proxy=http://127.0.0.1:1 CDPATH=/
  exits 0 gemtune quickstart
  prints 'ACTIVE'
}

@test "when it is interrupted it leaves nothing running and no folder" {
  export TMPDIR=$HOME/tmp
  mkdir tmp
  mkfifo lines
  (exec gemtune quickstart) >lines 2>/dev/null 3>&- &
  until read -r line && [[ $line == http://* ]]; do :; done <lines
  kill -TERM $!
  wait $! || code=$?
  equals 143 "$code"
  equals '' "$(ls tmp)"
  fails curl -s -o /dev/null "$line"
}

@test "a missing tool is named with the line that installs it" {
  mkdir bin
  for tool in bash env readlink dirname cat jq; do ln -s "$(command -v "$tool")" bin/; done
  exits 1 env PATH="$PWD/bin" "$root/bin/gemtune" list --project=p --base-url=http://127.0.0.1:1
  says 'curl is missing.'
  says 'apt-get install curl'
}
