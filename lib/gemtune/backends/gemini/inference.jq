# What prompts become, and what replies say.

# From the text of a prompt, and the flags of infer.
def prompt_request:
  $ARGS.named as $flags
  | { temperature: ($flags.temperature | tonumber? // null), topP: ($flags.top_p | tonumber? // null),
      topK: ($flags.top_k | tonumber? // null), maxOutputTokens: ($flags.max_output_tokens | tonumber? // null),
      stopSequences: ($flags.stop // "" | if . == "" then null else split(",") end) } as $config
  | { contents: [{ parts: [{ text: . }] }],
      systemInstruction: ($flags.system // "" | if . == "" then null else { parts: [{ text: . }] } end),
      generationConfig: ($config | with_entries(select(.value != null)) | if . == {} then null else . end) }
  | with_entries(select(.value != null));

# A line for each prompt of a round.
def prompt_requests: .[] | .text_input | prompt_request | tojson;

# What a reply says. These take one document, not an array.
def reply_text: [.candidates[0]?.content?.parts[]?.text // empty] | add // "";

def rated: # " (HARASSMENT HIGH, ...)": the categories that were rated above low, or blocked
  [.[]? | select(.blocked or (.probability as $p | [null, "NEGLIGIBLE", "LOW"] | index($p) | not))
    | "\(.category // "" | ltrimstr("HARM_CATEGORY_")) \(.probability // "BLOCKED")"]
  | if . == [] then "" else " (\(join(", ")))" end;

def reply_problem: # in a sentence, why it is no answer, or only a part of one; null where it is one
  (if reply_text == "" then "The model gave no text" else "The model stopped in the middle" end) as $what
  | (.candidates[0]? // null) as $candidate | ($candidate.finishReason? // "STOP") as $reason
  | if .promptFeedback.blockReason? then
      "The prompt was blocked: \(.promptFeedback.blockReason)\(.promptFeedback.safetyRatings | rated)."
    elif $candidate == null then "The model gave no text: there is no candidate in its reply."
    elif ["STOP", "MAX_TOKENS"] | index($reason) then
      if reply_text != "" then null
      elif $reason == "STOP" then "\($what): it stopped at once."
      else "\($what): MAX_TOKENS, the limit came before the first word." end
    elif $reason == "RECITATION" then "\($what): RECITATION, it was about to repeat a text that is not its own."
    else "\($what): \($reason)\($candidate.safetyRatings | rated)." end;

# How it ended, what is wrong with it, and its text.
def reply_report: .[0] | [.candidates[0]?.finishReason // "", reply_problem // "", reply_text];

# The answers of a round, from its prompts, their statuses and the replies as they came: how many are none, then
# a line for each.
def outcome($status; $raw):
  ($raw | fromjson? // null | if type == "array" then .[0] else . end) as $reply
  | if $status[:1] == "2" and ($reply | type) == "object" then
      ($reply | reply_problem) as $problem | ($reply | reply_text) as $text
      | ($reply.candidates[0]?.finishReason // null) as $reason
      | if $problem == null then { output: $text } + (if $reason == "MAX_TOKENS" then { finishReason: $reason } else {} end)
        else (if $text == "" then {} else { output: $text } end)
          + { error: ({ message: $problem, finishReason: $reason, blockReason: $reply.promptFeedback.blockReason? }
            | with_entries(select(.value != null))) } end
    else { error: ({ code: ($status | tonumber), status: $reply.error?.status?,
        message: ($reply.error?.message? // "The service answered something that is not JSON.") }
        | with_entries(select(.value != null))) } end;

def outcomes:
  ($ARGS.named.statuses | split(" ")) as $statuses
  | [to_entries[] | .key as $i | .value
    | { text_input } + outcome($statuses[$i]; $ARGS.named["reply\($i)"]) + del(.text_input)]
  | (map(select(.error)) | length), (.[] | tojson);
