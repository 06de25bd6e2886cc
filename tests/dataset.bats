load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  numbers
}

@test "check reports on a good file, with what Google allows and advises" {
  exits 0 gemtune dataset check numbers.csv
  equals 'numbers.csv: 15 good examples, CSV in UTF-8
  characters      min  median    90 %     max   limit
  input            1       5      11      11  40,000  text_input
  output           1       5      12      15   5,000  output
No problems
15 good examples: Google advises 20 at least, and 100 to 500 for an effect.' "$output"
  equals '' "$stderr"
}

@test "check lists every bad row in the order of the file, and exits 9" {
  { echo text_input,output && seq -f '%.0f,' 1000; } >bad.csv
  exits 9 gemtune dataset check bad.csv
  equals "$(seq 2 1001)" "$(sed -n 's/^bad.csv:\([0-9]*\):.*: output is empty/\1/p' <<<"$output")"
  prints '1,000 problems'
  equals 'ERROR: (gemtune.dataset.check) bad.csv: 1,000 problems.
  Mend the rows named, then check again.' "$stderr"
}

@test "what stands twice is a warning, and with --strict an error" {
  printf 'text_input,output\n1,2\n1,2\n1,3\n' >twice.csv
  exits 0 gemtune dataset check twice.csv
  prints 'twice.csv:3:1: warning: the same example as line 2'
  prints 'twice.csv:4:1: warning: the same input as line 2, with another output'
  prints 'No problems, 1 duplicate, 1 contradiction'
  exits 9 gemtune dataset check twice.csv --strict
  says 'twice.csv: 2 warnings.'
}

@test "a test that is trained on is found" {
  printf '{"prompt": "2", "answer": "3"}\n{"prompt": "1", "answer": "2"}\n' >test.jsonl
  exits 0 gemtune dataset check numbers.csv --test-data=test.jsonl
  prints 'test.jsonl:2:1: warning: the input is trained on: numbers.csv, line 2'
  prints 'test.jsonl: 2 good examples, JSON Lines in UTF-8'
  exits 9 gemtune dataset check numbers.csv --test-data=test.jsonl --strict
  says 'numbers.csv and test.jsonl: 1 warning.'
}

@test "--format makes the report one document, also of a bad file" {
  printf 'text_input,output\n1,\n1,2\n' >bad.csv
  exits 9 gemtune dataset check bad.csv --format=json
  equals '[1,1,[{"file":"bad.csv","line":2,"column":3,"severity":"ERROR","message":"output is empty"}]]' \
    "$(jq -c '[.examples, .invalid, .problems]' <<<"$output")"
  exits 0 gemtune dataset check numbers.csv --format='value(examples,inputCharacters.max,leaks)'
  equals $'15\t11\t0' "$output"
  exits 9 gemtune dataset check nowhere.csv --format=json
  equals '' "$output"
}

@test "names and texts of strangers reach the terminal as text" {
  printf 'text_input,output\n1,\n' >$'\e[31m.csv'
  exits 9 gemtune dataset check $'\e[31m.csv'
  prints '\x1b[31m.csv:2:3: output is empty'
  [[ $output$stderr != *$'\e'* ]]
}

@test "convert writes each form to stdout, and each is a dataset again" {
  exits 0 gemtune dataset convert numbers.csv --to=jsonl
  rows=$output
  equals '{"text_input": "1", "output": "2"}' "${rows%%$'\n'*}"
  exits 0 gemtune dataset convert numbers.csv --to=gemini
  equals '{"text_input":"1","output":"2"}' "$(jq -c '.examples.examples[0]' <<<"$output")"
  exits 0 gemtune dataset convert - --to=vertex <<<"$output"
  equals '{"contents":[{"role":"user","parts":[{"text":"1"}]},{"role":"model","parts":[{"text":"2"}]}]}' \
    "$(jq -c . <<<"${output%%$'\n'*}")"
  exits 0 gemtune dataset convert - --to=jsonl <<<"$output"
  equals "$rows" "$output"
}

@test "convert writes a whole file or none" {
  exits 0 gemtune dataset convert numbers.csv --to=jsonl --output=a.jsonl
  says 'Wrote 15 examples to a.jsonl.'
  equals 15 "$(wc -l <a.jsonl | tr -d ' ')"
  cp a.jsonl before
  printf 'text_input,output\n1,2\n1,\n' >bad.csv
  exits 9 gemtune dataset convert bad.csv --to=jsonl --output=a.jsonl
  says 'bad.csv:3:3: output is empty'
  cmp a.jsonl before
  exits 9 gemtune dataset convert bad.csv --to=jsonl
  equals '' "$output"
  exits 0 gemtune dataset convert a.jsonl --to=vertex --output=a.jsonl # onto itself
  equals 15 "$(wc -l <a.jsonl | tr -d ' ')"
  exits 1 gemtune dataset convert numbers.csv --to=jsonl --output=nowhere/a.jsonl
  says "Cannot write $PWD/nowhere/a.jsonl: No such file or directory."
  equals '' "$(find . -name '.*.jsonl.*')"
}

@test "split: two files that share no input, the same for the same seed" {
  printf '1,2\n' >>numbers.csv
  exits 0 gemtune dataset split numbers.csv --test-fraction=0.4 --seed=x
  says 'Wrote 7 examples to numbers.test.jsonl.'
  equals 16 "$(cat numbers.*.jsonl | wc -l | tr -d ' ')"
  exits 9 gemtune dataset check numbers.train.jsonl --test-data=numbers.test.jsonl --strict
  prints 'No problems, 1 duplicate'
  { head -n 1 numbers.csv && sed 1d numbers.csv | sort; } >sorted.csv
  exits 0 gemtune dataset split - --test-fraction=0.4 --seed=x --training-data=a --test-data=b <sorted.csv
  equals "$(sort numbers.test.jsonl)" "$(sort b)"
  exits 0 gemtune dataset split sorted.csv --test-fraction=0.4 --seed=x --training-data=- --test-data=b
  says 'Wrote 9 examples to stdout.'
  equals 9 "$(wc -l <<<"$output" | tr -d ' ')"
  exits 0 gemtune dataset split numbers.csv --test-fraction=0.4 --seed=y --training-data=a --test-data=b
  fails cmp -s numbers.test.jsonl b
  printf 'text_input,output\n1,2\n1,\n' >numbers.csv
  cp numbers.test.jsonl before
  exits 9 gemtune dataset split numbers.csv
  cmp before numbers.test.jsonl
}

@test "wrong flags are usage errors" {
  exits 2 gemtune dataset check
  exits 2 gemtune dataset convert numbers.csv
  exits 2 gemtune dataset convert numbers.csv --to=xml
  exits 2 gemtune dataset split numbers.csv --test-fraction=1.5
  exits 2 gemtune dataset split numbers.csv --training-data=a --test-data=./a
}

@test "a folder in place of a file is one line, and no table stands where there is nothing to count" {
  for place in / . ''; do
    exits 9 gemtune dataset split "$place"
    says "$place cannot be read: Is a directory."
  done
  printf 'text_input,output\n1,\n' >bad.csv
  exits 9 gemtune dataset check bad.csv
  equals 'bad.csv:2:3: output is empty
bad.csv: 0 good examples, CSV in UTF-8
1 problem
0 good examples: Google advises 20 at least, and 100 to 500 for an effect.' "$output"
}

@test "with --dry-run nothing is written" {
  numbers
  exits 0 gemtune dataset split numbers.csv --dry-run
  exits 0 gemtune dataset convert numbers.csv --to=jsonl --output=new.jsonl --dry-run
  [[ ! -e new.jsonl && ! -e numbers.train.jsonl ]]
}

@test "a full disk under stdout is one line" {
  [[ -w /dev/full ]] || skip 'there is no /dev/full'
  numbers
  gemtune dataset check numbers.csv --format=json >/dev/full 2>words || code=$?
  equals 1 "$code"
  fails grep -q Traceback words
}
