# The README's "add a command in three steps", done as it says in a clone, with the files that it shows.
load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

step() { # N  the block of code that it shows
  awk -v step="$1. " 'index($0, step) == 1 { within = 1 } $0 == "```" { within = inside = 0 }
    inside; within && /^```/ { inside = 1 }' "$root/README.md"
}

file() { # N SUFFIX  that the step is about
  sed -nE "s/^$1\. [^\`]*\`([^\`]*\.$2)\`.*/\1/p" "$root/README.md"
}

# Its own checks, those that look at every command, and the linters on its two files. All others look at one command
# that was there before: here they would take minutes, and say nothing about a new one.
@test "a command is added in the README's three steps, and the checks have nothing to say against it" {
  clone clone
  cd clone
  ln -s "$root/tests/.venv" tests/.venv
  command=$(file 1 bash) check=$(file 2 bats) name=$(basename "$(file 1 bash)" .bash)

  step 1 >"$command"
  exits 1 bats -f 'has its tests' tests/house.bats

  step 2 >"$check"
  exits 1 bats -f 'table of commands' tests/readme.bats

  row="| \`$name\` | $(sed -n 's/^# Summary: //p' "$command") |"
  awk -v row="$row" '/^\| `/ && $0 > row && !done++ { print row } 1' README.md >with-row
  mv with-row README.md
  exits 1 bats tests/changelog.bats
  printf '%s\n' "- \`$name\`" >>CHANGELOG.md

  shfmt -d -i 2 -ci "$command" "$check"
  shellcheck -x "$command" "$check"
  exits 0 bash -c "$(step 3) $check tests/{changelog,completion,help,house,languages,readme}.bats"
  prints 'the newer of two'
}
