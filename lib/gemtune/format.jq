# What --format prints: a list of resources, or one, as table, json, yaml, csv or value. No regular expressions
# where a table goes through: compiling them takes jq longer than all the rest.

def visible: # the service's control characters must not reach the terminal
  explode | map(if . < 32 and . != 9 and . != 10 or . >= 127 and . < 160 then 65533 else . end) | implode;

def one_line: explode | map(if . == 9 or . == 10 then 32 else . end) | implode;

def text: # of a cell; booleans as gcloud writes them
  if . == null then "" elif type == "boolean" then (if . then "True" else "False" end)
  elif type == "string" then visible | one_line else tojson end;

def list: if type == "array" then . else [.] end;

def rows($keys): list | map([getpath($keys | split(",")[] | split(".") | map(tonumber? // .)) | text]);

def headings($keys): # displayName is headed display_name
  $keys | split(",")
  | map(split(".")[-1] | explode | map(if . >= 65 and . <= 90 then 95, . + 32 else . end) | implode);

# Where characters of two columns (Chinese, Japanese, Korean, emoji) and of none (marks that combine) begin
# and end: a code point is inside when an odd number of bounds lies at or below it.
def wide: [4352, 4448, 11904, 42192, 44032, 55204, 63744, 64256, 65072, 65136, 65281, 65377, 127744, 129792, 131072, 262144];

def combining: [768, 880, 8205, 8206, 65024, 65040];

def columns:
  reduce explode[] as $c (0;
    . + 1 + ([wide[] | select(. <= $c)] | length % 2) - ([combining[] | select(. <= $c)] | length % 2));

def table($keys):
  ([headings($keys) | map(ascii_upcase)] + rows($keys) | map(map([., columns]))) as $rows
  | if ($rows | length) == 1 then empty else
      ([range($rows[0] | length) as $i | [$rows[][$i][1]] | max]) as $widths
      | $rows[] | [range(length - 1) as $i | .[$i][0] + " " * ($widths[$i] + 2 - .[$i][1])] + [.[-1][0]] | add
    end;

def quoted: if [contains(",", "\"", "\r")] | any then "\"" + (split("\"") | join("\"\"")) + "\"" else . end;

def csv($keys): [headings($keys)] + rows($keys) | .[] | map(quoted) | join(",");

def value($keys): rows($keys)[] | join("\t");

def json($keys): .;

def plain: # a YAML scalar: JSON's own form wherever a bare word could be taken for something else
  if type != "string" then tojson
  elif test("^[A-Za-z/][A-Za-z0-9 ._/@:+-]*$") and (test(": |[ :]$|^(y|n|yes|no|on|off|true|false|null)$"; "i") | not)
  then .
  else tojson end;

def yaml_lines($indent):
  if type == "object" and length > 0 then
    to_entries[] | .key as $key | .value
    | if (type == "object" or type == "array") and length > 0 then
        "\($indent)\($key):", yaml_lines($indent + (if type == "object" then "  " else "" end))
      else "\($indent)\($key): \(plain)" end
  elif type == "array" and length > 0 then
    .[] | [yaml_lines($indent + "  ")] | "\($indent)- " + (.[0] | ltrimstr($indent + "  ")), .[1:][]
  else $indent + plain end;

def yaml($keys): [list[] | [yaml_lines("")] | join("\n")] | join("\n---\n") | select(. != "");
