# What --format makes of any resource: planned answers of the service stand in for what people and attackers write.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

service_lists() { # JQ_EXPRESSION_OF_THE_MODELS  the next list is that
  local plan="{method: \"GET\", path: \"/v1beta/tunedModels\", status: 200, body: {tunedModels: $1}}"
  plan_fault "$(jq -n "$plan")" # bash 3.2 would expand braces inside
}

hostile='"\u001b[31mred \u009b0m \u202eright \u2066i\u2069 \u200f \u200b \ufeff \u2028 \u007f\r\n\tend"'

clean() { # nothing in TEXT that moves a terminal or passes unseen, but its lines
  fails grep -P '[\x{00}-\x{08}\x{0b}-\x{1f}\x{7f}-\x{9f}\x{200b}\x{200e}\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}]' <<<"$1"
}

@test "hostile text reaches the terminal in no format but json, where it is exact" {
  export LC_ALL=C.UTF-8
  for format in table value csv yaml; do
    service_lists "[{name: \"tunedModels/a\", displayName: $hostile, labels: {($hostile): $hostile}}]"
    exits 0 gemtune list --format="$format(name,displayName,labels)"
    prints 'right'
    clean "$output"
  done
  service_lists "[{displayName: $hostile}]"
  exits 0 gemtune list --format=json
  equals true "$(jq ".[0].displayName == $hostile" <<<"$output")"
  service_lists "[{displayName: $hostile}]"
  exits 0 gemtune list --format=yaml
  equals true "$("$GEMTUNE_PYTHON" -c 'import json, sys; print(sys.stdin.read().split(": ", 1)[1].strip())' <<<"$output" | jq ". == $hostile")"
}

@test "on a terminal json has escapes for what is hostile, and is the same json" {
  command -v script >/dev/null || skip 'script is not installed'
  export LC_ALL=C.UTF-8
  service_lists "[{displayName: $hostile, name: \"數字\"}]"
  exits 0 script -qec 'gemtune list --format=json' /dev/null
  output=${output//$'\r'/}
  prints 數字
  clean "$output"
  equals true "$(jq ".[0].displayName == $hostile" <<<"$output")"
}

@test "--log-http shows what was sent and what came, and neither can alter the terminal" {
  export LC_ALL=C.UTF-8
  plan_fault "$(jq -n '{method: "GET", path: "/v1beta/tunedModels", status: 500, body: "<b>\u001b[31m\u009b\u202e數字"}')"
  exits 0 gemtune list --log-http
  says '[31m��數字'
  clean "$stderr"
}

@test "a hostile name is one cell of one row" {
  service_lists "[{name: \"a\", displayName: \"x\\ny\\tz\"}, {name: \"b\", displayName: \"w\"}]"
  exits 0 gemtune list --format='table(displayName,name)'
  equals $'DISPLAY_NAME  NAME\nx y z         a\nw             b' "$output"
  service_lists "[{name: \"a\", displayName: \"x\\ny\\tz\"}]"
  exits 0 gemtune list --format='value(displayName,name)'
  equals $'x y z\ta' "$output"
}

@test "hostile text in an error cannot alter the terminal" {
  export LC_ALL=C.UTF-8
  plan="{status: 400, body: {error: {code: 400, status: \"INVALID_ARGUMENT\", message: $hostile}}}"
  plan_fault "$(jq -n "$plan")"
  exits 1 gemtune list
  says 'red'
  clean "$stderr"
  service_lists "[{name: \"tunedModels/a\", displayName: \"x\", createTime: $hostile, state: \"y\"},
    {name: \"tunedModels/b\", displayName: \"x\"}, {name: \"tunedModels/c\", displayName: (\"X \" + $hostile)}]"
  exits 2 gemtune describe X --format=json || exits 6 gemtune describe X --format=json
  clean "$stderr"
}

@test "columns line up behind wide, joined and combining characters" {
  widths() { # TEXT COLUMNS
    service_lists "[{name: $1, state: \"S\"}, {name: \"$(printf '%*s' 30 '' | tr ' ' x)\", state: \"S\"}]"
    exits 0 gemtune list --format='table(name,state)'
    line=$(sed -n 2p <<<"$output")
    blanks=${line%S} blanks=${blanks##*[! ]}
    equals "$2" $((32 - ${#blanks}))
  }
  widths '"數字產生器"' 10
  widths '"숫자 생성기"' 11
  widths '"\u1112\u1161\u11ab"' 2 # a syllable of Korean in its parts
  widths '"e\u0301"' 1
  widths '"ｱA"' 2
  widths '"👍🏽"' 2
  widths '"👨‍👩‍👧‍👦"' 2
  widths '"🇩🇪🇰🇷"' 4
  widths '"❤️"' 2
  widths '"a\u200db"' 2
  widths '"中\u200d中"' 4
  widths '"ไทยดี้"' 4
}

@test "keys: nested, by place from either end, through every member of a list; what is not there is empty" {
  models='[{name: "a", flag: true, list: [1, 2], deep: {list: [{step: 1}, {step: 2, loss: 0.5}]}}, {name: "b"}]'
  service_lists "$models"
  exits 0 gemtune list --format='value(name,flag,list,deep.list[].step,deep.list[-1].loss,deep.list.0.step,name.x,deep)'
  equals $'a\tTrue\t1;2\t1;2\t0.5\t1\t\t{"list":[{"step":1},{"step":2,"loss":0.5}]}\nb\t\t\t\t\t\t\t' "$output"
  service_lists "$models"
  exits 0 gemtune list --format='csv(name,list,deep.list[].step)'
  equals $'name,list,step\na,1;2,1;2\nb,,' "$output"
  service_lists "$models"
  exits 0 gemtune list --format='json(name,deep.list)'
  equals '[{"name":"a","deep":{"list":[{"step":1},{"step":2,"loss":0.5}]}},{"name":"b"}]' "$(jq -c . <<<"$output")"
  service_lists "$models"
  exits 0 gemtune list --format='json(deep.list[].step, deep.list[-1].loss, deep.list[7], deep.list[-7], name.x, flag)'
  equals '[{"deep":{"list":[{"step":1},{"step":2,"loss":0.5}]},"flag":true},{}]' "$(jq -c . <<<"$output")"
  service_lists "$models"
  exits 0 gemtune list --format='json(deep.list[-1])'
  equals '{"step":2,"loss":0.5}' "$(jq -c '.[0].deep.list[-1]' <<<"$output")"
  service_lists "$models"
  exits 0 gemtune list --format='yaml(name)'
  equals $'name: a\n---\nname: b' "$output"
}

@test "csv is read back by a reader of csv" {
  service_lists '[{name: "a,b", displayName: "say \"hi\"", description: "two\nlines", state: ""}]'
  exits 0 gemtune list --format='csv(name,displayName,description,state)'
  equals '[["name", "display_name", "description", "state"], ["a,b", "say \"hi\"", "two\nlines", ""]]' \
    "$("$GEMTUNE_PYTHON" -c 'import csv, json, sys; print(json.dumps(list(csv.reader(sys.stdin))))' <<<"$output")"
}

@test "what is no format, and keys that are none, are usage errors" {
  for format in xml 'csv(' 'value(a;b)' 'table()'; do
    exits 2 gemtune list --format="$format"
    says 'Invalid value for [--format]'
  done
}

@test "the widths of characters are those that Unicode's table makes again" {
  equals "$("$GEMTUNE_PYTHON" "$root/tests/width_table.py")" "$(sed -n '/^def wide:/,/^def width_tables/p' "$root/lib/gemtune/columns.jq" | sed '$d')" ||
    { echo 'Make it anew: tests/.venv/bin/python tests/width_table.py --write' && false; }
}
