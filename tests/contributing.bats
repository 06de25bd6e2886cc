# The README's "add a command in three steps", done as it says, with the files that it shows.
load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

shown() { # N  the Nth block of bash in the README
  awk -v n="$1" '$0 == "```" { inside = 0 } inside && count == n; $0 == "```bash" { inside = 1; count++ }' "$root/README.md"
}

named() { # N SUFFIX  the file of step N
  sed -nE "s/^$1\. [^\`]*\`([^\`]*\.$2)\`.*/\1/p" "$root/README.md"
}

@test "a command is added in the README's three steps" {
  mkdir clone
  cp -r "$root"/{bin,lib,scripts,README.md,CHANGELOG.md,requirements.txt} clone
  mkdir clone/tests
  cp -r "$root"/tests/fake "$root"/tests/helper.bash "$root"/tests/*.bats clone/tests
  cd clone
  shown 1 >"$(named 1 bash)"
  shown 2 >"$(named 2 bats)"
  summary=$(sed -n 's/^# Summary: //p' "$(named 1 bash)")
  sed -i.old "s/^| \`plot\` .*/| \`newest\` | $summary |\n&/" README.md
  fails bats tests/changelog.bats
  printf '%s\n' '- `newest`' >>CHANGELOG.md
  bats "$(named 2 bats)" tests/changelog.bats
  bats -f command tests/house.bats
  bats -f 'table of commands' tests/readme.bats
  exits 0 ./bin/gemtune help newest
  prints "$summary"
}
