load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

on_terminal() { # COLUMNS COMMAND...  what stands on a terminal that wide afterwards
  exits 0 "$GEMTUNE_PYTHON" - "$@" <<'END'
import fcntl, os, pty, struct, sys, termios
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 20, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
said = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:
        break
    if not piece:
        break
    said += piece
sys.stdout.buffer.write(said.replace(b"\r", b""))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
}

@test "without words it lists every command, as a usage error" {
  exits 2 gemtune
  says 'auth login'
  says 'quickstart'
}

@test "help lists every command with its summary, and the topics" {
  exits 0 gemtune help
  prints 'models list                List base models'
  prints 'Topics: auth, cron, emulator, environment, exit-codes, formatting'
}

@test "help, help of a command and --help read the same manual, laid out as a man page" {
  exits 0 gemtune help create
  page=$output
  exits 0 gemtune create --help
  equals "$page" "$output"
  equals 'NAME SYNOPSIS DESCRIPTION FLAGS EXAMPLES GEMTUNE WIDE FLAGS EXIT CODES SEE ALSO' \
    "$(grep '^[A-Z]' <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
  prints $'\n    gemtune create - Create a tuned model from a file of examples\n'
  prints $'\n    --training-data=FILE\n        the examples: whatever `gemtune dataset check` takes\n'
  prints '--project=PROJECT_ID'
}

@test "-h is short: the summary, the usage, and each flag in one line" {
  exits 0 gemtune create -h
  equals 'Create a tuned model from a file of examples' "${lines[0]}"
  equals "$(grep -c '^#   --' "$root/lib/gemtune/commands/create.bash")" "$(grep -c '^  --' <<<"$output")"
  [[ $output != *--project* && $output != *EXAMPLES* ]]
  exits 0 gemtune models -h
  equals $'Usage: gemtune models COMMAND [ARGUMENT...]\n\n  models describe            Show a base model: its limits, and what can be done with it' \
    "$(head -n 3 <<<"$output")"
}

@test "--help without a command is a page too, with the flags that every command takes; -h is the list" {
  exits 0 gemtune --help
  equals 'NAME SYNOPSIS DESCRIPTION COMMANDS GEMTUNE WIDE FLAGS SEE ALSO' "$(grep '^[A-Z]' <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
  prints $'\n    --project=PROJECT_ID\n'
  exits 0 gemtune -h
  equals "$(gemtune help)" "$output"
}

@test "no manual loses a word on its way to the page" {
  words() { tr -s '[:space:]' '\n' | sed 's/\\$//' | grep -v '^$' | sort; }
  find "$root/lib/gemtune/commands" -name '*.bash' | while read -r file; do
    sed '/^#/!q' "$file" | sed -n 's/^# \{0,1\}//p' | grep -vE '^(Summary|Examples?):' | sed 's/^Usage://' | words >wanted
    name=${file#"$root/lib/gemtune/commands/"} && name=${name%.bash}
    # shellcheck disable=SC2086 # several words
    gemtune help ${name//\// } | words >page
    comm -23 wanted page >lost
    [[ ! -s lost ]] || { echo "$name: $(tr '\n' ' ' <lost)" && false; }
  done
}

@test "help of a group lists the group, behind the topic of that name" {
  exits 0 gemtune help emulator
  prints 'emulator env-init'
  prints 'Everything on this machine, without an account'
  [[ $output != *quickstart* ]]
  exits 0 gemtune help config configurations
  prints 'config configurations rename'
}

@test "a page does not send its reader to itself" {
  exits 0 gemtune help cron
  [[ ${output##*SEE ALSO} == *'help auth'* && ${output##*SEE ALSO} != *'help cron'* ]]
}

@test "40 columns are enough" {
  COLUMNS=40 exits 2 gemtune config configurations
  says $'Usage: gemtune config configurations\n  COMMAND [ARGUMENT...]\n'
  for words in create 'auth login' environment ''; do
    # shellcheck disable=SC2086 # several words
    COLUMNS=40 exits 0 gemtune help $words
    # no blank to break the line at
    awk "length > 40 && !/'/"' { sub(/^ */, ""); sub(/ \\$/, ""); if (/ /) { print; exit 1 } }' <<<"$output"
  done
}

@test "on a terminal: its width, bold words, and a pager for what is longer" {
  unset COLUMNS
  TERM=xterm PAGER=cat on_terminal 40 gemtune help poll
  prints $'\e[1mNAME\e[0m'
  prints $'    gemtune poll - Follow a tuning until\n    it is done\n'
  TERM=xterm PAGER='sed s/^/paged:/' on_terminal 80 gemtune help poll
  prints $'paged:\e[1mNAME'
  TERM=xterm PAGER=true on_terminal 80 gemtune help create # who ends it early meets no error
  equals '' "$output"
  NO_COLOR=1 TERM=xterm PAGER=cat on_terminal 80 gemtune help poll
  prints $'NAME\n'
  PAGER='sed s/^/paged:/' TERM=dumb on_terminal 80 gemtune help poll
  [[ $output != *paged:* && $output != *$'\e'* ]]
  PAGER='sed s/^/paged:/' TERM=xterm exits 0 gemtune help poll
  [[ $output != *paged:* && $output != *$'\e'* ]]
}

@test "on a terminal the list of commands is folded, in a pipe each has one line" {
  unset COLUMNS
  TERM=xterm PAGER='sed s/^/paged:/' on_terminal 50 gemtune help
  prints $'paged:  list\npaged:      List your tuned models\n'
  prints $'paged:  env\npaged:      Print access_token, project_id and base_url\npaged:      as the tutorials export them\n'
  TERM=xterm PAGER=cat on_terminal 80 gemtune help
  prints $'  list                       List your tuned models\n'
  prints $'  env                        Print access_token, project_id and base_url as the\n'"$(printf '%29s' '')tutorials"
  exits 0 gemtune help
  prints 'create                     Create a tuned model from a file of examples'
}

@test "man pages are clean, one for each command, folder and topic" {
  exits 0 gemtune help --write-man-pages=pages
  for name in gemtune gemtune-create gemtune-auth-login gemtune-config gemtune-environment; do [[ -s pages/$name.1 ]]; done
  equals "$(find "$root/lib/gemtune/commands" -name '*.bash' | wc -l)" "$(grep -l '^.SH "EXIT CODES"' pages/* | wc -l)"
  equals '' "$(find pages -mindepth 1 -name '.*')"
  for words in '' ' emulator' ' cron' ' auth login'; do
    # shellcheck disable=SC2086 # several words
    exits 0 gemtune help --man $words
    equals "$(<"pages/gemtune${words// /-}.1")" "$output"
  done
  prints '.SH "DESCRIPTION"'
  prints 'Saves the credentials where gcloud and every Google library look'
  command -v groff >/dev/null || skip "groff is not installed"
  for page in pages/*.1; do equals '' "$(groff -K utf8 -man -Tutf8 -ww "$page" 2>&1 >/dev/null)"; done
  groff -K utf8 -man -Tascii -P-cbou pages/gemtune-create.1 >page
  grep -qF -- "--display-name='number generator'" page
  grep -q 'gemtune-create - Create a tuned model' page
}

@test "man pages that cannot be written leave nothing" {
  mkdir shut
  touch shut/gemtune.1
  exits 1 gemtune help --write-man-pages=shut/gemtune.1
  says 'Cannot write into shut/gemtune.1: Not a directory.'
}

@test "an unknown command is a usage error that says what was meant" {
  meant() { # TYPED SUGGESTION
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune $1
    equals '' "$output"
    says "Maybe you meant:"$'\n'"    gemtune $2"$'\n'
  }
  meant lst list
  meant LIST list
  meant 'config get-value project' 'config get'
  meant lsit list
  meant crate create
  meant login 'auth login'
  meant 'auth logn' 'auth login'
  meant 'tuned-models list' list
  meant 'models delete my-model' delete
  meant 'modles list' 'models list'
  meant 'confg set project x' 'config set'
  meant 'help enviroment' 'help environment'
  meant 'help crete' create
  meant predict infer
  meant 'application-default login' 'auth login'
}

@test "what is like nothing is suggested nothing" {
  for words in nope 'auth nope' 'help nope' '../commands/list' 'auth ../list' 'x y z'; do
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune $words
    says 'Invalid choice'
    says 'The commands: gemtune help'
    [[ $stderr != *Maybe* ]] || { echo "$stderr" && false; }
  done
}

@test "a mistyped flag or choice says which was meant" {
  exits 2 gemtune create --trainig-data=x
  says "Unrecognized argument: '--trainig-data'. Did you mean '--training-data'?"
  exits 2 gemtune list --verbosity=warn
  says "Did you mean 'warning'?"
  exits 2 gemtune share add m --role=raeder a@example.com
  says "Did you mean 'reader'?"
  exits 2 gemtune config set projct x
  says "Did you mean 'project'?"
}

@test "a file of one letter in the current folder is no argument" {
  touch O P W
  exits 0 gemtune help
  exits 0 gemtune config list
}

@test "a mistyped flag before the command says which was meant" {
  exits 2 gemtune --verbsity=info list
  says "Unrecognized argument: '--verbsity'. Did you mean '--verbosity'?"
}

@test "a usage error shows the usage lines of the command and nothing on stdout" {
  exits 2 gemtune create --nope
  says "ERROR: (gemtune.create) Unrecognized argument: '--nope'."
  says 'Usage: gemtune create --base-model=MODEL'
  equals '' "$output"
}

@test "the topic environment has every variable that the code reads" {
  {
    grep -rhoE '\$\{?!?[A-Z][A-Z0-9_]{2,}' "$root/bin" "$root"/lib/gemtune --include=gemtune --include='*.bash' | tr -d '${!'
    grep -rhoE 'from_environment [A-Za-z_ ]+' "$root/lib/gemtune" --include='*.bash' | tr ' ' '\n' | grep '^[A-Z]'
    grep -rhE 'environ|\.set\(|": \(' "$root/lib/python/gemtune" --include='*.py' | grep -oE '"[A-Z][A-Z0-9_]{2,}"' | tr -d '"'
  } | sort -u | grep -vE '^(BASH[A-Z_]*|COMP_[A-Z]+|EPOCHSECONDS|HOSTNAME|GEMTUNE_(COMMAND|REFUSALS|SCOPES|SURVIVED)|ORIGIN|PWD|RANDOM|REPLY|SECONDS)$' >known
  [[ $(wc -l <known) -gt 40 ]]
  grep '^  [A-Z]' "$root/lib/gemtune/topics/environment.txt" | grep -oE '[A-Z][A-Z0-9_]{2,}' | sort -u >told
  equals '' "$(comm -23 known told)"
}

@test "the topic exit-codes has the README's table" {
  sed -n 's/^| \([0-9][0-9, ]*\) | \(.*\) |$/\1  \2/p' "$root/README.md" >wanted
  [[ $(wc -l <wanted) -gt 10 ]]
  sed -n 's/^  \([0-9][0-9, ]*[0-9]\|[0-9]\)  *\([^ ].*\)/\1  \2/p' "$root/lib/gemtune/topics/exit-codes.txt" >told
  equals '' "$(grep -vxFf told wanted)"
}

@test "a new file is a new command, with help and usage errors, and no list to edit" {
  cp -r "$root/bin" "$root/lib" .
  mkdir -p lib/gemtune/commands/toy
  printf '%s\n' '# Usage: gemtune toy ring BELL [--loud]' '# Summary: Ring a bell' '#' '#   --loud   so that all can hear it' \
    'parse_arguments BELL "$@"' 'printf "%s rings%s\n" "${operands[0]}" "${flag_loud:+ loudly}"' >lib/gemtune/commands/toy/ring.bash
  exits 0 ./bin/gemtune toy ring brass --loud
  equals 'brass rings loudly' "$output"
  exits 0 ./bin/gemtune help
  prints 'toy ring                   Ring a bell'
  exits 2 ./bin/gemtune toy ring
  says 'BELL is missing.'
  says 'Usage: gemtune toy ring BELL'
  exits 0 ./bin/gemtune help --man toy ring
  prints 'gemtune\-toy\-ring \- Ring a bell'
  exits 0 ./bin/gemtune completion answer -- toy ring brass --l
  prints $'--loud\tso that all can hear it'
  exits 2 ./bin/gemtune toy rign
  says 'gemtune toy ring'
}

@test "the tree works from anywhere, through symbolic links and from a folder with blanks" {
  mkdir 'my tools'
  cp -r "$root/bin" "$root/lib" 'my tools'
  ln -s '../my tools/bin/gemtune' 'my tools/link'
  ln -s "$HOME/my tools/link" gt
  exits 0 ./gt version
  prints 'gemtune 0.'
  exits 0 ./gt help create
  prints '--training-data'
  cd 'my tools/bin'
  exits 0 ./gemtune version
}

@test "version and --version agree" {
  exits 0 gemtune version
  version=$output
  exits 0 gemtune --version
  equals "$version" "$output"
}
