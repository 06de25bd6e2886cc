load helper
setup_file() {
  start_emulator
  create_numbers one --wait --interval=60 >/dev/null 2>&1
  keep_models
}
teardown_file() { stop_emulator; }
setup() {
  use_models
  numbers
  printf 'text_input,output\n1,2\nthirteen, FOURTEEN\nfour,five hundred\n' >test.csv
}

fault() { # JSON_MEMBERS  in the first answer
  plan_fault "{\"method\": \"POST\", \"path\": \"/v1beta/tunedModels/one:*\", $1}"
}

@test "it prints the guide's table, and below it the share that is right" {
  exits 0 gemtune evaluate one --test-data=numbers.csv
  equals 'INPUT        OUTPUT           EXPECTED         MATCH' "$(sed -n 1p <<<"$output")"
  equals 'twenty two   twenty three     twenty three     True' "$(sed -n 5p <<<"$output")"
  prints 'tunedModels/one: 100.0 % right (15 of 15; 95 % confidence interval after Wilson: 79.6 % to 100.0 %).'
}

@test "upper and lower case differ, unless they are to be ignored; blanks at the ends do not" {
  exits 0 gemtune evaluate one --test-data=test.csv --format='csv(input,match)'
  equals $'input,match\n1,True\nthirteen,False\nfour,False' "$output"
  says '33.3 % right (1 of 3;'
  exits 0 gemtune evaluate one --test-data=test.csv --format='csv(input,match)' --ignore-case
  equals $'input,match\n1,True\nthirteen,True\nfour,False' "$output"
}

@test "below the bar it ends with 10, and shows the table all the same" {
  exits 10 gemtune evaluate one --test-data=test.csv --min-accuracy=90%
  prints 'five hundred'
  says 'tunedModels/one has 33.3 % right, and the bar is 90.0 %.'
  exits 0 gemtune evaluate one --test-data=test.csv --min-accuracy=.3
  exits 0 gemtune evaluate one --test-data=numbers.csv --min-accuracy=100%
  for bar in 90 1.1 -1 x 101% 100.5%; do exits 2 gemtune evaluate one --test-data=test.csv "--min-accuracy=$bar"; done
}

@test "--format=json is one document with all of it" {
  exits 0 gemtune evaluate one --test-data=test.csv --format=json
  equals '[1,3,"Wilson",3]' "$(jq -c '[.models[0].matches, .models[0].cases, .models[0].confidenceInterval.method, (.cases | length)]' <<<"$output")"
}

@test "--compare-with puts another model beside it, and weighs the difference" {
  exits 0 gemtune evaluate one --test-data=numbers.csv --compare-with=models/gemini-2.5-flash
  prints COMPARE_OUTPUT
  prints 'models/gemini-2.5-flash: 0.0 % right'
  prints '15 cases only the first has right, 0 only the second: a difference that is more than chance (p < 0.0001'
  exits 0 gemtune evaluate one --test-data=test.csv --compare-with=models/gemini-2.5-flash
  prints 'no more than chance may make (p = 1,'
}

@test "an answer that failed is no match, and the table says why" {
  fault '"status": 200, "body": {"candidates": [{"finishReason": "SAFETY"}]}'
  exits 0 gemtune evaluate one --test-data=numbers.csv --jobs=1
  prints 'The model gave no text: SAFETY.'
  prints '93.3 % right (14 of 15;'
  prints '1 prompt without an answer'
}

@test "a model that is not there, or a service that gives up, ends it without a table" {
  exits 6 gemtune evaluate none --test-data=test.csv
  fault '"error": "quota-per-day", "count": 3'
  exits 75 gemtune evaluate one --test-data=test.csv --min-accuracy=0 --report=report.json
  equals '' "$output"
  [[ ! -e report.json ]]
}

@test "test data without outputs is refused row by row, before anything is sent" {
  printf 'text_input,output\n1,\n2,3\n' >bad.csv
  before=$(journal length)
  exits 9 gemtune evaluate one --test-data=bad.csv
  says 'bad.csv:2'
  exits 2 gemtune evaluate one
  exits 2 gemtune evaluate one --test-data=test.csv --report=report.pdf
  equals "$before" "$(journal length)"
}

@test "the columns can be named, and a chat is test data too" {
  printf 'source,input,sum\nx,1,2\n' >test.csv
  exits 9 gemtune evaluate one --test-data=test.csv
  says 'which column is the input, source or input?'
  exits 0 gemtune evaluate one --test-data=test.csv --input-key=input --output-key=sum --format='csv(input,match)'
  equals $'input,match\n1,True' "$output"
  gemtune dataset convert numbers.csv --to=vertex --output=test.jsonl
  exits 0 gemtune evaluate one --test-data=test.jsonl
  prints '(15 of 15;'
}

@test "--report writes the whole as html, json or csv" {
  for format in html json csv; do
    exits 0 gemtune evaluate one --test-data=test.csv --compare-with=models/gemini-2.5-flash --report="report.$format"
  done
  grep -q 'five hundred' report.html
  fails grep -E 'src=|href=|url\(|@import' report.html
  equals 3 "$(jq '.cases | length' report.json)"
  equals input,output,expected,match,error,compareOutput,compareMatch,compareError "$(head -n 1 report.csv)"
  exits 1 gemtune evaluate one --test-data=test.csv --report=nowhere/report.html
  says 'nowhere/report.html'
  cp test.csv before
  exits 2 gemtune evaluate one --test-data=test.csv --report=./test.csv
  says "'./test.csv' is the test data."
  cmp before test.csv
}

@test "--dry-run prints a curl line for each case and model" {
  exits 0 gemtune evaluate one --test-data=test.csv --compare-with=models/gemini-2.5-flash --dry-run
  equals 6 "$(grep -c '^curl' <<<"$output")"
  equals 6 "$(eval "$output" 2>/dev/null | jq -s length)"
}
