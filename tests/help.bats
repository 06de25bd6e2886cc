load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

@test "without words it lists every command, as a usage error" {
  exits 2 gemtune
  says 'auth login'
  says 'quickstart'
}

@test "help lists every command with its summary" {
  exits 0 gemtune help
  prints 'models list                List base models'
}

@test "help, help of a command and --help read the same manual" {
  exits 0 gemtune help create
  page=$output
  exits 0 gemtune create --help
  equals "$page" "$output"
  prints '--training-data=FILE'
  prints '--project=PROJECT_ID'
}

@test "help of a group lists the group" {
  exits 0 gemtune help emulator
  prints 'emulator env-init'
  [[ $output != *quickstart* ]]
}

@test "an unknown command is a usage error that says where the commands are" {
  for words in nope 'auth nope' 'help nope' '../commands/list' 'auth ../list'; do
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune $words
    says "There is no command"
    says 'gemtune help'
  done
}

@test "a usage error shows the usage lines of the command and nothing on stdout" {
  exits 2 gemtune create --nope
  says "ERROR: (gemtune.create) What is '--nope'?"
  says 'Usage: gemtune create --base-model=MODEL'
  equals '' "$output"
}

@test "a new file is a new command, with help and usage errors, and no list to edit" {
  cp -r "$root/bin" "$root/lib" .
  mkdir -p lib/gemtune/commands/toy
  printf '%s\n' '# Usage: gemtune toy ring BELL' '# Summary: Ring a bell' 'parse_arguments BELL "$@"' \
    'printf "%s rings\n" "${operands[0]}"' >lib/gemtune/commands/toy/ring.bash
  exits 0 ./bin/gemtune toy ring brass
  equals 'brass rings' "$output"
  exits 0 ./bin/gemtune help
  prints 'toy ring                   Ring a bell'
  exits 2 ./bin/gemtune toy ring
  says 'BELL is missing.'
  says 'Usage: gemtune toy ring BELL'
}

@test "the tree works from anywhere, through symbolic links and from a folder with blanks" {
  mkdir 'my tools'
  cp -r "$root/bin" "$root/lib" 'my tools'
  ln -s '../my tools/bin/gemtune' 'my tools/link'
  ln -s "$HOME/my tools/link" gt
  exits 0 ./gt version
  prints 'gemtune 0.'
  cd 'my tools/bin'
  exits 0 ./gemtune version
}

@test "version and --version agree" {
  exits 0 gemtune version
  version=$output
  exits 0 gemtune --version
  equals "$version" "$output"
}
