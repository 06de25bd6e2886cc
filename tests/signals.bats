# A signal to the command alone, as `kill PID`, systemd and a container give it, ends all that the command has started.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  create_numbers one >/dev/null 2>&1
  export TMPDIR=$HOME/tmp
  mkdir tmp
}

in_group() { # the processes of the command's group that live
  ps -A -o pgid= -o stat= -o args= | awk -v group="$pid" '$1 == group && $2 !~ /^Z/'
}

begin() { # COMMAND...  and wait until a request of it is there, which gets no answer
  local before
  before=$(journal length)
  plan_fault '{"wire": "stall", "count": 1, "path": "/v1*"}'
  set -m # a group of its own, as in a terminal, with SIGINT as it should be
  "$@" >out 2>err </dev/null &
  pid=$!
  set +m
  until (($(journal length) > before)); do kill -0 "$pid"; done
}

ends() { # SIGNAL CODE  the command that began
  local code=0 look
  kill "-$1" "$pid"
  wait "$pid" || code=$?
  equals "$2" "$code"
  for ((look = 0; look < 200; look++)); do [[ $(in_group) ]] || break; done
  equals '' "$(in_group)"
  equals '' "$(grep -iE 'terminated|killed|hangup|line [0-9]+:|ERROR|Traceback' err || true)"
  equals '' "$(ls tmp)"
}

@test "each verb that asks ends at once, all its processes with it, without a word of bash" {
  printf 'a\nb\n' >prompts.txt
  for verb in 'describe one' 'poll one' 'infer one hello' 'infer one --input=prompts.txt --output=answers.jsonl' \
    'delete one --quiet' 'create --base-model=gemini-1.5-flash-001-tuning --training-data=numbers.csv'; do
    # shellcheck disable=SC2086 # the words of a command line
    begin gemtune $verb
    ends TERM 143
  done
}

@test "every signal has its code, and one that cannot be caught leaves nothing either" {
  for signal in TERM:143 INT:130 HUP:129 QUIT:131 KILL:137; do
    begin gemtune list
    ends "${signal%:*}" "${signal#*:}"
  done
}

@test "a login that is ended listens no more" {
  for signal in TERM:143 KILL:137; do
    set -m
    BROWSER='/bin/echo %s' gemtune auth login --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" \
      >out 2>err </dev/null &
    pid=$!
    set +m
    until grep -q http out err; do kill -0 "$pid"; done
    ends "${signal%:*}" "${signal#*:}"
  done
}

@test "what a kill -9 of the whole group leaves, the next command removes, and nothing that is somebody's" {
  printf 'a\nb\n' >prompts.txt
  begin gemtune infer one --input=prompts.txt
  left=$(ls tmp) # gemtune.HOST.PROCESS.RANDOM
  [[ -n $left ]]
  mkdir "tmp/${left%.*.*}.$$.alive" "tmp/${left%.*.*}.nobody" tmp/gemtune.other
  kill -KILL -- "-$pid"
  wait "$pid" || true
  gemtune infer one --input=prompts.txt >/dev/null 2>&1 || true
  equals "gemtune.other ${left%.*.*}.$$.alive ${left%.*.*}.nobody" "$(cd tmp && echo *)"
}
