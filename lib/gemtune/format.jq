# What --format prints: a list of resources, or one, as table, json, yaml, csv or value. No regular expressions
# where a table goes through: compiling them takes jq longer than all the rest.

def one_line: if is_simple then . else explode | map(if . == 9 or . == 10 then 32 else . end) | implode end;

def text: # of a cell; booleans, and lists with semicolons between, as gcloud writes them
  if type == "string" then visible elif . == null then ""
  elif type == "boolean" then (if . then "True" else "False" end)
  elif type == "array" and (map(type == "object" or type == "array") | any | not) then map(text) | join(";")
  else tojson | visible end;

def list: if type == "array" then . else [.] end;

def key_paths($keys): # a.b.0 or a.b[0] or a.b[].c -> its words
  $keys | split(",")
  | map(split("[") | join(".") | split("]") | join("") | split(".") | map(select(. != "") | tonumber? // .));

def through($path): # a list goes to each of its members
  if $path == [] then . elif type == "object" then .[$path[0] | tostring] | through($path[1:])
  elif type != "array" then null elif ($path[0] | type) == "number" then .[$path[0]] | through($path[1:])
  else map(through($path)) end;

def at($path): . as $all | try getpath($path) catch ($all | through($path)); # null where there is nothing

def rows($keys): key_paths($keys) as $paths | list | map([at($paths[]) | text]);

def headings($keys): # displayName is headed display_name
  $keys | split(",")
  | map(split(".")[-1] | explode | map(if . >= 65 and . <= 90 then 95, . + 32 else . end) | implode);

# Rows whose texts fit a table on a screen.
def shortened: map(map_values(if type == "string" and length > 60 then .[:59] + "…" else . end));

def table($keys):
  rows($keys) as $cells | (if all($cells[][]; is_simple) then [] else width_tables end) as $tables
  | ([headings($keys) | map(ascii_upcase)] + $cells
    | map(map(if is_simple then [., length] else one_line | [., columns($tables)] end))) as $rows
  | if ($rows | length) == 1 then empty else
      ([range($rows[0] | length) as $i | [$rows[][$i][1]] | max]) as $widths
      | $rows[] | [range(length - 1) as $i | .[$i][0] + " " * ($widths[$i] + 2 - .[$i][1])] + [.[-1][0]] | add
    end;

def quoted: if [contains(",", "\"", "\n")] | any then "\"" + (split("\"") | join("\"\"")) + "\"" else . end;

def csv($keys): [headings($keys)] + rows($keys) | .[] | map(quoted) | join(",");

def value($keys): rows($keys)[] | map(one_line) | join("\t");

def places($path): # that $path leads to, each as a path for setpath
  if $path == [] then [] elif type == "object" then [$path[0] | tostring] + (.[$path[0] | tostring] | places($path[1:]))
  elif type != "array" then empty
  elif ($path[0] | type) != "number" then range(length) as $i | [$i] + (.[$i] | places($path))
  else (if $path[0] < 0 then length else 0 end + $path[0]) as $i | [$i] + (.[$i] | places($path[1:])) end;

def chosen($keys): # without keys all
  if $keys == "" then . elif type == "array" then map(chosen($keys)) else . as $all
    | reduce (key_paths($keys)[] as $path | places($path) |
      select(. as $place | $all | getpath($place) != null)) as $place
        ({}; setpath($place; $all | getpath($place))) end;

# A backend lays its neutral keys over a resource, and keeps that whole behind them: what is printed whole is Google's
# own.
def laid_over($neutral): . + $neutral + { "@wire": . };

def wire: if type == "object" then .["@wire"] // . else . end;

def whole($keys): if $keys != "" then . elif type == "array" then map(wire) else wire end;

def json($keys): whole($keys) | chosen($keys);

def plain: # a YAML scalar: JSON's own form wherever a bare word could be taken for something else
  if type != "string" then tojson
  elif test("^[A-Za-z/][A-Za-z0-9 ._/@:+-]*$") and (test(": |[ :]$|^(y|n|yes|no|on|off|true|false|null)$"; "i") | not)
  then .
  else tojson | escaped end;

def yaml_lines($indent):
  if type == "object" and length > 0 then
    to_entries[] | (.key | plain) as $key | .value
    | if (type == "object" or type == "array") and length > 0 then
        "\($indent)\($key):", yaml_lines($indent + (if type == "object" then "  " else "" end))
      else "\($indent)\($key): \(plain)" end
  elif type == "array" and length > 0 then
    .[] | [yaml_lines($indent + "  ")] | "\($indent)- " + (.[0] | ltrimstr($indent + "  ")), .[1:][]
  else $indent + plain end;

def yaml($keys): [whole($keys) | chosen($keys) | list[] | [yaml_lines("")] | join("\n")] | join("\n---\n")
  | select(. != "");
