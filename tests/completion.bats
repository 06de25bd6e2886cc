load helper
setup_file() { start_emulator --pace=at-once; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  unset GEMTUNE_PROJECT
  gemtune config set project my-project 2>/dev/null
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/completion"
}

answers() { # WANTED WORD...  the words that are offered, without what they mean
  exits 0 gemtune completion answer -- "${@:2}"
  equals "$1" "$(cut -f 1 <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
}

until_cached() { # NAME_OF_THE_CACHE TEXT
  local tries
  for ((tries = 0; tries < 1200; tries++)); do
    ! grep -q "$2" "$GEMTUNE_EMULATOR_DATA_DIR"/completion/*/"$1" 2>/dev/null || return 0
    command -p sleep 0.05
  done
  return 1
}

@test "commands, folders of them, and what they mean" {
  answers 'dataset delete describe doctor' d
  answers 'env-init env-unset start stop' emulator ''
  answers 'login' auth application-default l
  exits 0 gemtune completion answer -- cre
  equals $'create\tCreate a tuned model from a file of examples' "$output"
  exits 0 gemtune completion answer -- emu
  equals $'emulator\tenv-init, env-unset, start, stop' "$output"
  answers '' nope
}

@test "flags: a command's own, then those of all, each once" {
  exits 0 gemtune completion answer -- poll --
  equals $'--interval=\n--timeout=\n--project=' "$(cut -f 1 <<<"$output" | head -n 3)"
  equals '--help' "$(cut -f 1 <<<"$output" | tail -n 1)"
  answers '--training-data=' create --base-model x --tr
  answers '--project=' --p
  exits 0 gemtune completion answer -- auth print-access-token --form
  prints $'--format=\theader is for curl -H @-'
}

@test "what a flag means is told to its end, also where its manual goes on in the next line" {
  for words in 'auth print-access-token' 'auth login' list; do
    # shellcheck disable=SC2086 # several words
    page=$(gemtune help $words | tr -s '[:space:]' ' ')
    # shellcheck disable=SC2086
    exits 0 gemtune completion answer -- $words --
    while IFS=$'\t' read -r flag text; do # behind it the next flag stands, or a heading
      grep -qE -e "^-|^[A-Z]{2}" <<<"${page#* "$flag"*" $text "}" || { echo "$words $flag: $text" && false; }
    done <<<"$output"
  done
}

@test "values of flags, joined and apart" {
  answers '--role=reader --role=writer' share add m --role=
  answers 'writer' share add m --role w
  answers '--format=header' auth print-access-token --format=h
  answers 'table json yaml csv value' list --format ''
  answers '--backend=gemini' list --backend=
  answers ':file' create --training-data=
  answers ':directory' emulator start --data-dir ''
  answers '' update m --description=
}

@test "operands, by their place in the usage line" {
  answers ':file' dataset check ''
  answers ':file' dataset check --strict num
  answers 'backend base_url ca_file client_id_file project retry_max_time' config set ''
  answers 'gemini' config set backend ''
  answers 'my-project' config set project my
  answers ':file' config set client_id_file ''
  answers 'everyone' share remove m ''
  answers 'bash zsh fish' completion ''
  answers '' list ''
}

@test "configurations by their names, which a new one does not have yet" {
  gemtune config configurations create work 2>/dev/null
  answers 'default work' config configurations activate ''
  answers '--configuration=work' list --configuration=w
  answers '' config configurations create ''
}

@test "help has the commands and the topics" {
  answers 'env environment' help env
  answers 'exit-codes' help exi
  answers 'list' help models l
}

@test "plugins, and files behind one" {
  mkdir bin
  printf '#!/bin/sh\n' >bin/gemtune-foo
  chmod +x bin/gemtune-foo
  PATH=$HOME/bin:$PATH answers foo foo
  PATH=$HOME/bin:$PATH answers :file foo ''
}

@test "models come from a cache of your own, made in the background" {
  create_numbers next-number >/dev/null 2>&1
  answers '' describe ''
  until_cached list next-number
  answers 'next-number' describe ''
  answers 'tunedModels/next-number' poll tuned
  exits 0 gemtune completion answer -- infer n
  equals $'next-number\tnumbers' "$output"
  exits 0 find "$GEMTUNE_EMULATOR_DATA_DIR/completion" -type f ! -perm 600 -o -type d ! -perm 700
  equals '' "$output"
  exits 1 test -e "$HOME/.cache/gemtune/completion"
}

@test "base models: those that can be tuned where that is asked for" {
  answers '' create --base-model=
  until_cached models-list--tunable 1.5-flash
  answers '--base-model=gemini-1.5-flash-001-tuning' create --base-model=gemini-1.5
  answers '' models describe ''
  until_cached models-list 1.5-flash
  exits 0 gemtune completion answer -- models describe ''
  prints 'gemini-1.5-flash-001-tuning'
}

@test "each project has its own names" {
  create_numbers next-number >/dev/null 2>&1
  answers '' describe ''
  until_cached list next-number
  answers '' describe --project=other ''
  answers '' describe --project third ''
  answers 'next-number' describe --project=my-project ''
}

@test "a cache that is fresh is not made anew, an old one is, and keeps its names meanwhile" {
  answers '' describe ''
  until_cached list '^[0-9]* [1-9]'
  file=$(echo "$GEMTUNE_EMULATOR_DATA_DIR"/completion/*/list)
  now=$(date +%s)
  printf '%s\n' "$((now - 30)) $now" $'tunedModels/old\tOld' >"$file"
  answers 'old' describe ''
  answers 'old' describe ''
  equals "$((now - 30)) $now" "$(head -n 1 "$file")"
  create_numbers next-number >/dev/null 2>&1
  printf '%s\n' "$((now - 61)) $((now - 61))" $'tunedModels/old\tOld' 'tunedModels/$(id)' >"$file"
  answers 'old' describe ''
  until_cached list next-number
  answers 'next-number' describe ''
}

@test "no network is waited for, and no login is needed" {
  mkdir stalled && mkfifo asked
  printf '#!/bin/sh\necho asked >"%s"\n' "$HOME/asked" >stalled/curl # goes on when somebody reads that
  chmod +x stalled/curl
  PATH=$HOME/stalled:$PATH exits 0 timeout 60 gemtune completion answer -- describe ''
  equals asked "$(<asked)"
  unset GEMTUNE_EMULATOR_HOST
  answers '' describe ''
  exits 1 test -e .cache # nobody to ask for
  answers '--wait' create --wa
}

@test "an answer starts neither Python nor jq nor curl" {
  mkdir slow
  for tool in python3 jq curl; do
    printf '#!/bin/sh\necho "$0" >>"%s"\n' "$HOME/called" >"slow/$tool"
    chmod +x "slow/$tool"
  done
  gemtune completion answer -- describe '' # makes the cache
  until_cached list '^[0-9]* [1-9]'
  for words in '' 'create --' 'describe m' 'help e' 'config set project m'; do
    # shellcheck disable=SC2086 # several words
    PATH=$HOME/slow:$PATH GEMTUNE_PYTHON=python3 exits 0 gemtune completion answer -- $words
  done
  exits 1 test -e called
}

shell_runs() { # LINE WANTED SHELL...  on a terminal: the line with a tab at its end and Enter, and what is run then
  mkdir -p recorder
  printf '#!/bin/sh\n[ "$1" != completion ] || exec "%s/bin/gemtune" "$@"\nprintf "<%%s>" "$@"; echo\n' "$root" >recorder/gemtune
  chmod +x recorder/gemtune
  PATH=$HOME/recorder:$PATH exits 0 "$GEMTUNE_PYTHON" "$root/tests/converse.py" "${@:3}" <<END
ready> |$1	
$2|exit
END
  [[ $output != *'NEVER ASKED'* ]] || { printf '%s\n' "$output" && return 1; }
}

every_completion() { # SHELL...  in a shell that says "ready> "
  mkdir -p 'my data'
  touch 'my data/num bers.csv'
  shell_runs 'gemtune au' '<auth>' "$@"
  shell_runs 'gemtune emulator start --auto' '<emulator><start><--auto-consent>' "$@"
  shell_runs 'gemtune share add m --role=w' '<share><add><m><--role=writer>' "$@"
  shell_runs 'gemtune share add m --role w' '<share><add><m><--role><writer>' "$@"
  shell_runs 'gemtune dataset check my\ data/' '<dataset><check><my data/num bers.csv>' "$@"
  shell_runs 'gemtune create --training-data=my\ data/n' '<create><--training-data=my data/num bers.csv>' "$@"
  shell_runs 'gemtune emulator start --data-dir=my' '<emulator><start><--data-dir=my data' "$@"
}

@test "bash completes on a terminal" {
  printf '%s\n' "PS1='ready> '" 'eval "$(gemtune completion bash)"' >rc
  every_completion bash --noprofile --rcfile rc -i
}

@test "zsh completes on a terminal" {
  command -v zsh >/dev/null || skip "zsh is not installed"
  printf '%s\n' "PS1='ready> '" 'unsetopt prompt_cr' 'autoload -Uz compinit && compinit -u' \
    'eval "$(gemtune completion zsh)"' >.zshrc
  ZDOTDIR=$HOME every_completion zsh -d -i
  mkdir functions # as it is installed
  gemtune completion zsh >functions/_gemtune
  printf '%s\n' "PS1='ready> '" 'fpath=(~/functions $fpath)' 'autoload -Uz compinit && compinit -u' >.zshrc
  ZDOTDIR=$HOME shell_runs 'gemtune au' '<auth>' zsh -d -i
}

@test "fish completes" {
  command -v fish >/dev/null || skip "fish is not installed"
  mkdir -p 'my data'
  touch 'my data/num bers.csv'
  fish_offers() { # LINE WANTED
    exits 0 fish --no-config -c "gemtune completion fish | source; complete -C '$1'"
    equals "$2" "$output"
  }
  fish_offers 'gemtune cre' $'create\tCreate a tuned model from a file of examples'
  fish_offers 'gemtune share add m --role=w' '--role=writer'
  fish_offers 'gemtune share add m --role w' 'writer'
  fish_offers 'gemtune dataset check my\\ data/' 'my data/num bers.csv'
  fish_offers 'gemtune create --training-data=my\\ data/' '--training-data=my data/num bers.csv'
  fish_offers 'gemtune emulator start --data-dir=my' '--data-dir=my data/'
}

@test "another shell is a usage error" {
  exits 2 gemtune completion bsh
  says "There is no completion for 'bsh'. Did you mean 'bash'?"
  exits 2 gemtune completion
}
