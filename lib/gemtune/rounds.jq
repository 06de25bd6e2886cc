# Many prompts, and what came of them.

# A line for each prompt of a round.
def ask_bodies: .[] | .text_input | ask_body | tojson;

# The answers of a round, from its prompts, their statuses and the replies as they came: how many are none, then
# a line for each.
def outcome($status; $raw):
  ($raw | fromjson? // null | if type == "array" then .[0] else . end) as $reply
  | if $status[:1] == "2" and ($reply | type) == "object" then
      ($reply | reply) as { $text, $cut, $problem, $ending }
      | (if $problem == null or $text != "" then { output: $text } else {} end)
        + if $problem != null then { error: ({ message: $problem } + $ending) } elif $cut then $ending else {} end
    else { error: ({ code: ($status | tonumber), status: $reply.error?.status?,
        message: ($reply.error?.message? // "The service answered something that is not JSON.") }
        | with_entries(select(.value != null))) } end;

def outcomes:
  ($ARGS.named.statuses | split(" ")) as $statuses
  | [to_entries[] | .key as $i | .value
    | { text_input } + outcome($statuses[$i]; $ARGS.named["reply\($i)"]) + del(.text_input)]
  | (map(select(.error)) | length), (.[] | tojson);
