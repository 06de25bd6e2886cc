# --filter, --sort-by and --limit, as in `gcloud topic filters`. What a service compares itself ($ARGS.named.keys, and
# then free text too) goes there; terms such as state=ACTIVE or tuningTask.hyperparameters.epochCount>5 are compared
# here.

def words: # a term, or a word for the service; blanks may stand around an operator and inside quotes
  "(?:\"[^\"]*\"|'[^']*'|[^\\s\"']+)" as $value
  | [scan("-?[A-Za-z_@][\\w.\\[\\]-]*\\s*(?:!=|>=|<=|!~|=|~|<|>|:)\\s*\($value)|\"[^\"]*\"|'[^']*'|\\S+")];

def unquoted: if test("^(\".*\"|'.*')$") then .[1:-1] else . end;

def term: # {no, path, op, value}, or {word} for the service
  (capture("^(?<no>-?)(?<key>[A-Za-z_@][A-Za-z0-9_.\\[\\]-]*)\\s*(?<op>!=|>=|<=|!~|=|~|<|>|:)\\s*(?<value>.*)$") // {})
    as { $no, $key, $op, $value }
  | if $key == null or $op == ":" and ($ARGS.named.keys | split(" ") | index($key)) then { word: . }
    else { no: ($no == "-"), path: key_paths($key)[0], $op, value: ($value | unquoted) } end;

def understood($any): # a word goes to the service as it is, and that knows neither OR nor NOT
  if .word == null then (if .op | endswith("~") then .value as $pattern | ("" | test($pattern)) as $_ | . else . end)
  elif $any or .no or (.word | test("^[-(]|[=~<>]")) then error("\u0027\(.word)\u0027 cannot stand there") else . end;

def filter: # {service: words for it, any: whether one term is enough, terms}; an error says what is not understood
  words as $words | ($words | index("OR") != null) as $any
  | if $any and ($words | index("AND")) then error("AND and OR cannot be mixed") else . end
  | reduce ($words[] | select(IN("AND", "OR") | not)) as $word ({ no: false, all: [] };
      if $word == "NOT" then .no = true
      else .all += [(if .no then $word | term | .no = (.no | not) else $word | term end | understood($any))]
        | .no = false end)
  | if .no then error("NOT stands at the end") else .all end
  | { service: (map(.word // empty) | join(" ")), $any, terms: map(select(.path)) };

def here: # all of it is compared here: a word is looked for in the whole resource
  .terms += [.service | words[] | { no: false, path: [], op: ":", value: unquoted }] | .service = "";

# For bash: what is wrong; the words for a URL; the terms as JSON, if there are any.
def lines:
  (try (filter | if $ARGS.named.keys == "" then here else . end) catch { problem: . })
  | .problem // "", (.service // "" | @uri | split("!") | join("%21")), (if .terms == [] then "" else tojson end);

def ordered($op; $value): # numbers as numbers, anything else as text
  . as $own | ($value | tonumber? // null) as $number
  | (if ($own | type) == "number" and $number != null then [$own, $number]
     elif ($own | type) == "string" and ($own | tonumber? // null) != null and $number != null
     then [($own | tonumber), $number]
     else [($own | tostring), $value] end) as [$a, $b]
  | if $op == "<" then $a < $b elif $op == "<=" then $a <= $b elif $op == ">" then $a > $b
    elif $op == ">=" then $a >= $b else $a == $b end;

def holds($term): # of one value; a list holds when one of its members does
  if type == "array" then any(.[]; holds($term))
  elif $term.op == ":" then
    . != null and ($term.value == "*" or (tostring | ascii_downcase | contains($term.value | ascii_downcase)))
  elif $term.op == "~" then . != null and (tostring | test($term.value))
  else . != null and ordered($term.op; $term.value) end;

def meets($term):
  ($term.op | startswith("!")) as $not | if $term.path == [] then wire else at($term.path) end
  | holds($term | .op |= ltrimstr("!")) | . != ($term.no != $not);

def matching($filter):
  if $filter.terms == [] then . elif $filter.any then map(select(any($filter.terms[] as $term | meets($term); .)))
  else map(select(all($filter.terms[] as $term | meets($term); .))) end;

def sorted($keys): # ~KEY is the other way round; the first key counts most
  reduce ($keys | split(",") | reverse | .[] | select(. != "")) as $key (.;
    (key_paths($key | ltrimstr("~"))[0]) as $path
    | if $key | startswith("~") then reverse | sort_by(at($path)) | reverse else sort_by(at($path)) end);

def page_summary(list): # how many of a page are wanted, and the URL of the next page
  "\(list | matching($ARGS.named.terms | fromjson? // { terms: [] }) | length) \(.[0] | next_page($ARGS.named.url))";

def picked($filter; $keys; $limit):
  matching($filter | fromjson? // { terms: [] }) | sorted($keys) | .[:($limit | tonumber? // null)];
