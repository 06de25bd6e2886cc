# What --format prints: a list of resources, or one, as table, json, yaml, csv or value.

def visible: # the service's control characters must not reach the terminal
  explode | map(if . < 32 and . != 9 and . != 10 or . >= 127 and . < 160 then 65533 else . end) | implode;

def scalar:
  if . == null then "" elif type == "boolean" then (if . then "True" else "False" end)
  elif type == "string" then visible else tojson end;

def one_line: scalar | gsub("[\t\n]"; " ");

def keys_of($keys): $keys | split(",") | map(gsub("[ ]"; ""));

def cell($key): getpath($key | split(".") | map(tonumber? // .)) | one_line;

def heading: split(".")[-1] | gsub("(?<upper>[A-Z])"; "_\(.upper)") | ascii_downcase;

def rows($keys): map([cell(keys_of($keys)[])]);

# Chinese, Japanese, Korean and emoji take two columns; marks that combine take none.
def columns:
  reduce explode[] as $c (0;
    . + if $c >= 768 and $c < 880 or $c == 8205 or $c >= 65024 and $c < 65040 then 0
        elif $c >= 4352 and $c < 4448 or $c >= 11904 and $c < 42192 or $c >= 44032 and $c < 55204
          or $c >= 63744 and $c < 64256 or $c >= 65072 and $c < 65136 or $c >= 65281 and $c < 65377
          or $c >= 127744 and $c < 129792 or $c >= 131072 and $c < 262144 then 2
        else 1 end);

def pad($width): . + (" " * ([$width - columns, 0] | max) // "");

def table($keys):
  ([keys_of($keys) | map(heading | ascii_upcase)] + rows($keys)) as $rows
  | if ($rows | length) == 1 then empty else
      ([range($rows[0] | length) as $i | $rows | map(.[$i] | columns) | max]) as $widths
      | $rows[] | [range(length) as $i | .[$i] | pad($widths[$i])] | join("  ") | sub(" +$"; "")
    end;

def quoted: if test("[\",\r]") then "\"" + gsub("\""; "\"\"") + "\"" else . end;

def csv($keys): ([keys_of($keys) | map(heading)] + rows($keys))[] | map(quoted) | join(",");

def plain: # a YAML scalar: JSON's own form wherever a bare word could be taken for something else
  if type != "string" then tojson
  elif test("^[A-Za-z][A-Za-z0-9 ._/-]*$") and (test("^(y|n|yes|no|on|off|true|false|null)$"; "i") | not)
    and (endswith(" ") | not) then .
  else tojson end;

def yaml($indent):
  if type == "object" and length > 0 then
    to_entries[] | .key as $key | .value
    | if (type == "object" or type == "array") and length > 0 then
        "\($indent)\($key):", yaml($indent + (if type == "object" then "  " else "" end))
      else "\($indent)\($key): \(plain)" end
  elif type == "array" and length > 0 then
    .[] | [yaml($indent + "  ")] | "\($indent)- " + (.[0] | ltrimstr($indent + "  ")), .[1:][]
  else $indent + plain end;

def show($kind; $keys):
  (if type == "array" then . else [.] end) as $list
  | if $kind == "json" then .
    elif $kind == "yaml" then [$list[] | [yaml("")] | join("\n")] | join("\n---\n") | select(. != "")
    elif $kind == "table" then $list | table($keys)
    elif $kind == "csv" then $list | csv($keys)
    else $list | rows($keys)[] | join("\t") end;
