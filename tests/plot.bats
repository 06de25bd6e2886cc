load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

tuned() { # ID [FLAG...]
  create_numbers "$@" --wait --interval=60 >/dev/null 2>&1
}

@test "the curve stands in the terminal, fits the window, and is said in words" {
  tuned one
  LC_ALL=C.UTF-8 COLUMNS=60 exits 0 gemtune plot one
  prints 'mean loss by step'
  prints 'numbers: still falling: from '
  [[ $output == *⠤* && $output != *$'\e'* ]]
  LC_ALL=C COLUMNS=40 exits 0 gemtune plot one --by=epoch
  [[ $output == *'*'* ]]
  ! LC_ALL=C grep -n '[^ -~]' <<<"$output" || false
  equals '' "$(awk 'length > 40 && !/numbers:/' <<<"$output")"
}

@test "several models stand in one picture, with their names" {
  tuned one --display-name=數字
  tuned two --display-name='<b>&"'
  exits 0 gemtune plot one two --by=time --output=loss.svg
  says 'Wrote loss.svg.'
  prints 'still falling'
  grep -q 數字 loss.svg
  grep -q '&lt;b&gt;&amp;"' loss.svg
  "$GEMTUNE_PYTHON" -c 'import xml.dom.minidom; xml.dom.minidom.parse("loss.svg")'
  exits 0 gemtune plot one two --output=loss.png
  equals 89504e47 "$(head -c 4 loss.png | od -An -tx1 | tr -d ' ')"
  exits 0 gemtune plot one two --output=loss.html
  grep -q '<li>.*: still falling' loss.html
  fails grep -qE '(src|href)="?(http|//)|url\(http|@import' loss.html
}

@test "the points, as --format has them or in a file" {
  tuned one
  exits 0 gemtune plot one --format=csv
  equals 39 "$(grep -c . <<<"$output")"
  equals model,step,epoch,mean_loss,compute_time "$(head -n 1 <<<"$output")"
  points=$output
  exits 0 gemtune plot one --output=loss.csv
  equals '' "$output"
  equals "$points" "$(cat loss.csv)"
  exits 0 gemtune plot one --format='value(step,epoch)'
  equals $'38\t5' "$(tail -n 1 <<<"$output")"
}

@test "- is what describe printed" {
  tuned one
  gemtune describe one --format=json >one.json
  exits 0 gemtune plot - <one.json
  prints 'still falling'
  exits 9 gemtune plot - <<<'<html>'
  says 'is not JSON'
}

@test "what cannot be drawn: no model, no snapshot, no such format, no place" {
  exits 6 gemtune plot nobody
  create_numbers one >/dev/null 2>&1
  exits 3 gemtune plot one
  says 'numbers: too few points to judge: 0 points, 6 are needed'
  exits 2 gemtune plot one --output=loss.gif
  says "'loss.gif' does not end in .svg, .png, .html or .csv."
  exits 1 gemtune plot one --output=nowhere/loss.svg
  exits 2 gemtune plot one --output=loss.csv --format=json
  says 'leave out --format'
  exits 2 gemtune plot
  exits 0 gemtune plot one two --dry-run
  equals 2 "$(grep -c '^curl -X GET' <<<"$output")"
  equals numbers.csv "$(echo *)"
}

@test "where a library is missing the line that adds it is named" {
  tuned one
  mkdir without
  for name in plotille matplotlib; do printf 'raise ModuleNotFoundError("no %s")\n' "$name" >"without/$name.py"; done
  PYTHONPATH=$PWD/without exits 1 gemtune plot one
  says 'Python lacks what this command needs: no plotille.'
  PYTHONPATH=$PWD/without exits 1 gemtune plot one --output=loss.svg
  says 'Python lacks what this command needs: no matplotlib.'
  says "-m pip install 'plotille>=5.0' 'matplotlib>=3.8'"
  [[ ! -e loss.svg && $stderr != *Traceback* ]]
}
