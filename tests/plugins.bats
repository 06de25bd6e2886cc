load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  mkdir bin
  export PATH=$HOME/bin:$PATH
}

plugin() { # NAME CODE
  printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
  chmod +x "bin/$1"
}

@test "an executable gemtune-foo is gemtune foo, with its arguments and its exit code" {
  plugin gemtune-foo 'printf "<%s>" "$@"; cat; exit 42'
  exits 42 bash -c 'echo stdin | gemtune foo --bar "two words" --project=x -h ""'
  equals '<--bar><two words><--project=x><-h><>stdin' "$output"
}

@test "the longest name wins, and words with hyphens are taken" {
  plugin gemtune-foo 'echo "foo $*"'
  plugin gemtune-foo-bar 'echo "foo-bar $*"'
  exits 0 gemtune foo bar baz
  equals 'foo-bar baz' "$output"
  exits 0 gemtune foo-bar baz
  equals 'foo-bar baz' "$output"
  exits 0 gemtune foo baz bar
  equals 'foo baz bar' "$output"
}

@test "a plugin can call the gemtune that runs it" {
  plugin gemtune-foo '"$GEMTUNE_EXECUTABLE" version'
  exits 0 gemtune foo
  equals "$(gemtune version)" "$output"
}

@test "a built-in is never overridden, and help lists what can be run" {
  plugin gemtune-version 'echo mine'
  plugin gemtune-auth-login 'echo mine'
  plugin gemtune-auth 'echo mine'
  plugin gemtune-foo 'echo mine'
  printf 'no' >bin/gemtune-bar # not executable
  exits 0 gemtune version
  prints 'gemtune 0.'
  exits 2 gemtune auth logim
  says 'gemtune auth login'
  exits 0 gemtune help
  equals "  foo                        $HOME/bin/gemtune-foo" "$(sed -n '/^Plugins:/,$p' <<<"$output" | grep /gemtune-)"
  exits 2 gemtune bar
}

@test "a mistyped plugin is suggested like a command" {
  plugin gemtune-bravo 'echo'
  exits 2 gemtune brvao
  says $'Maybe you meant:\n    gemtune bravo\n'
}

@test "what is no plain word is not looked for" {
  plugin gemtune-foo 'echo mine'
  mkdir -p bin/gemtune-x
  printf '#!/bin/sh\necho mine' >bin/gemtune-x/foo
  chmod +x bin/gemtune-x/foo
  for word in x/foo ../foo /foo 'foo;ls' 'fo*' Foo ''; do
    exits 2 gemtune "$word"
    says "Invalid choice: '$word'"
    equals '' "$output"
  done
}

@test "a flag before the name would be lost, so it is refused" {
  plugin gemtune-foo 'echo mine'
  exits 2 gemtune --project=x foo
  says "Invalid choice: 'foo'"
  says 'Flags of a plugin stand behind its name.'
}

@test "help of a plugin is for the plugin to give" {
  plugin gemtune-foo-bar 'echo "help of foo-bar: $*"'
  exits 0 gemtune help foo bar
  equals 'help of foo-bar: --help' "$output"
}
