load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  export GEMTUNE_PROJECT=from-environment
}

@test "a flag may be --x=v or --x v, before or after the command" {
  for line in '--project=p1 list --dry-run' '--project p1 list --dry-run' 'list --dry-run --project=p1' \
    'list --project p1 --dry-run'; do
    # shellcheck disable=SC2086 # several words
    exits 0 gemtune $line
    prints 'x-goog-user-project: p1'
  done
}

@test "a value may hold = and may look like a flag" {
  exits 0 gemtune infer m --dry-run -- '--project=x=y'
  prints '"text": "--project=x=y"'
  exits 0 gemtune infer m --dry-run -98
  prints '"text": "-98"'
}

@test "missing values, surplus values, missing and surplus words are usage errors" {
  exits 2 gemtune list --project
  says '--project needs a value.'
  exits 2 gemtune models list --tunable=yes
  says '--tunable takes no value.'
  exits 2 gemtune --quiet=list
  says '--quiet takes no value.'
  exits 2 gemtune list --verbosity=loud
  says "Invalid value for [--verbosity]: 'loud'."
  exits 2 gemtune describe
  says 'MODEL is missing.'
  exits 2 gemtune describe a b
  says "Unrecognized argument: 'b'."
}

@test "numbers are checked before anything is sent" {
  numbers
  for flag in --epoch-count=0 --epoch-count=1.5 --batch-size=-2 --learning-rate=fast --learning-rate=0,1; do
    exits 2 gemtune create --base-model=m --training-data=numbers.csv "$flag"
    says "Invalid value for [${flag%%=*}]"
  done
  for flag in --limit=0 --limit=18446744073709551615 --page-size=-1; do
    exits 2 gemtune list "$flag"
    says "Invalid value for [${flag%%=*}]"
  done
  exits 0 gemtune create --base-model=m --training-data=numbers.csv --learning-rate=1e-3 --dry-run
  prints '"learning_rate": 0.001'
}

@test "a flag takes what its manual says: a|b is a or b" {
  exits 2 gemtune auth print-access-token --format=xml
  says "Invalid value for [--format]: 'xml' is none of token, header, json, curl-config."
  exits 2 gemtune auth print-access-token --format='json|header'
  exits 2 gemtune emulator start --step-seconds=soon
  says "'soon' is not a positive number."
}

@test "an empty value is none" {
  exits 0 gemtune list --page-size= --dry-run
  prints 'pageSize=1000'
}

@test "a word with ... takes one or more, in brackets none as well" {
  exits 2 gemtune delete
  exits 0 gemtune delete a b c --dry-run
  equals 3 "$(grep -c '^curl' <<<"$output")"
}

@test "the name of a model cannot leave its place in the URL" {
  for name in models/.. tunedModels/../x tunedModels/ tunedModels/ models/x%2fy 'tunedModels/x?y' 'tunedModels/x/operations/../y'; do
    exits 2 gemtune describe "$name"
    says "is not the name of a model."
  done
  exits 2 gemtune describe ''
}

@test "closed descriptors: what would be read is empty, what would be printed goes nowhere" {
  exits 2 bash -c 'gemtune infer m --dry-run <&-'
  says 'PROMPT is empty.'
  exits 0 bash -c 'gemtune version >&-'
  equals '' "$stderr"
}
