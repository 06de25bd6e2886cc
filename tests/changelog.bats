load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

@test "the changelog names every command" {
  (cd "$root/lib/gemtune/commands" && find . -name '*.bash') | sed 's#^\./##; s#\.bash$##; s#/# #g' | while read -r words; do
    grep -qF "\`$words\`" "$root/CHANGELOG.md" || { echo "$words" && exit 1; }
  done
}

@test "its sections are those of Keep a Changelog, its versions those of Semantic Versioning" {
  equals '' "$(grep '^## ' "$root/CHANGELOG.md" | grep -vE '^## \[(Unreleased|[0-9]+\.[0-9]+\.[0-9]+\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$)' || true)"
  equals '' "$(grep '^### ' "$root/CHANGELOG.md" | grep -vE '^### (Added|Changed|Deprecated|Removed|Fixed|Security)$' || true)"
  gemtune version | grep -qE '^gemtune [0-9]+\.[0-9]+\.[0-9]+$'
}
