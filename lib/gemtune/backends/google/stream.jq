# A reply that comes in pieces.

# Lines of server-sent events, and at last curl's report: prints text as it comes. The ending, as an error: the
# report, whether the text is empty, whole or broken, and all events as one reply; unit separators between.
def event_of: . as $data
  | try fromjson catch { error: { code: 200, message: "An event of the stream is not JSON: \($data[:60])" } };

def take_event: # of the lines in .data
  (.data | join("\n") | event_of | if type == "array" then .[0] else . end) as $event | .data = []
  | .out = ($event | reply_text) | .text += .out
  | .reply.candidates[0] += ($event.candidates[0]? // {} | del(.content))
  | .reply.promptFeedback = ($event.promptFeedback? // .reply.promptFeedback)
  | if $event.error? then .error = $event.error else . end;

def stream_ending:
  (.reply | .candidates[0].finishReason? or .promptFeedback.blockReason?) as $ended
  | (if .text == "" then "empty" else null end) as $empty
  | .text as $text | (.reply | .candidates[0].content = { parts: [{ text: $text }] }) as $reply
  | if .error then ["\(.error.code) 0 ", $empty // "broken", ({ error } | tojson)]
    elif .report | test("^[0-9]+ 0 ") | not then [.report, $empty // "broken", ""]
    elif $ended then [.report, $empty // "whole", ($reply | tojson)]
    else ["lost 0 The stream broke off.", $empty // "broken", ""] end
  | join("\u001f");

def stream:
  foreach ((inputs | rtrimstr("\r")), null) as $line ({ data: [], text: "", report: "000 0 ", reply: {} };
    .out = ""
    | if $line == null then .ended = true
      elif $line | startswith("data:") then .data += [$line[5:] | ltrimstr(" ")]
      elif $line == "" and .data != [] then take_event
      elif $line != "" then .report = $line
      else . end;
    if .ended then stream_ending | halt_error else .out | select(. != "") end);
