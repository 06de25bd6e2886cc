# The Gemini API's JSON: what it sends -> resources, progress, answers; what we ask -> what it takes.
# Every function reads the array of documents that arrived.

def resource: .[0];

def models: [.[].models // [] | .[]];

def tunable_models: models | map(select(.supportedGenerationMethods // [] | index("createTunedModel")));

def tuned_models: [.[].tunedModels // [] | .[]];

# Those with the display name $ARGS.named.name: how many, and a line of tabs for each. Where there is none, 0 and
# the nearest names: those that contain it, or share at least half of their pairs of letters with it.
def pairs: [range(length - 1) as $i | .[$i:$i + 2]];

def likeness($wanted):
  if . == "" then 0 elif contains($wanted) then 1 else pairs as $own | ($wanted | pairs) as $other
  | 2 * ($own - ($own - $other) | length) / ([1, ($own + $other | length)] | max) end;

def search:
  $ARGS.named.name as $name | ($name | ascii_downcase | ltrimstr("tunedmodels/")) as $wanted
  | tuned_models | map(select(.displayName == $name)) as $same
  | if $same != [] then "\($same | length)", ($same[] | [.name, .createTime, .state] | join("\t"))
    else "0", (map([.name, .displayName // ""]
      | [(map(ascii_downcase | ltrimstr("tunedmodels/") | likeness($wanted)) | max), "\(.[0]) (\(.[1]))"]
      | select(.[0] >= 0.5)) | sort | reverse[:3][] | .[1]) end;

def permissions: [.[].permissions // [] | .[]];

# From the fields that the flags of update gave; a number that was emptied is left to the mask alone.
def update_request:
  $ARGS.named as $flags
  | [$flags.fields | split(",")[] | { key: ., value: $flags[.] } | if .key | IN("displayName", "description") then .
    elif .value == "" then empty else .value |= tonumber end] | from_entries;

# From the flags of share.
def permission_request:
  $ARGS.named | { role: (.role | ascii_upcase) }
  + if (.type // "") == "" then {} else { granteeType: .type } + if .type == "EVERYONE" then {} else { emailAddress: .email } end end;

# Whose permission it is, by address, by id or name, or everyone: its name and role, as a line of tabs.
def permission_of:
  ($ARGS.named.grantee | ascii_downcase) as $grantee
  | first(permissions[] | select($grantee == (.emailAddress // .granteeType | ascii_downcase)
    or $grantee == (.name | split("/")[-1] | ascii_downcase) or $grantee == (.name | ascii_downcase)))
  | [.name, (.role | ascii_downcase)] | join("\t");

def transfer_request: { emailAddress: $ARGS.named.email };

def operation_name: .[0].name;

def newest_operation: .[0].operations // [] | .[0].name // empty;

# Of an operation that is done, or the model itself.
def tuned_model: .[0] | .response // .;

# What `create` sends: a whole request, or none, under the flags, with a list of {text_input, output} as its examples.
def create_request:
  $ARGS.named as $flags | (map(objects) | add // {}) as $body | map(arrays)[0] as $examples
  | def text($name): $flags[$name] | if . == "" then null else . end;
    def number($name): $flags[$name] | tonumber? // null;
    def given: with_entries(select(.value != null));
    ($body.tuning_task // {}) as $task
  | { display_name: (text("display_name") // $body.display_name // (text("default_name") | .[:40]?)) }
    + ($body | del(.display_name, .tuning_task) | if text("base_model") then del(.base_model, .tuned_model_source) else . end)
    + (text("base_model") | if . == null then {} elif startswith("tunedModels/") then { tuned_model_source: { tuned_model: . } }
      else { base_model: . } end)
    + ({ description: text("description"), temperature: number("temperature"), top_p: number("top_p"),
      top_k: number("top_k") } | given)
    + { tuning_task: ($task
      + { hyperparameters: (($task.hyperparameters // {}
        | if text("learning_rate") or text("learning_rate_multiplier") then del(.learning_rate, .learning_rate_multiplier) else . end)
        + ({ batch_size: number("batch_size"), learning_rate: number("learning_rate"),
          learning_rate_multiplier: number("learning_rate_multiplier"), epoch_count: number("epoch_count") } | given)) }
      + if $examples then { training_data: { examples: { examples: ($examples | map({ text_input, output })) } } } else {} end) };

# Its base model and its display name, as a line of tabs.
def create_summary:
  .[0] | [.base_model // .tuned_model_source.tuned_model // "-", .display_name // ""] | map(tostring | gsub("[\t\n]"; " ")) | join("\t");

# Seconds that the steps to come take, at the pace of those that have left snapshots.
def seconds: (.[:19] + "Z" | fromdateiso8601) + ("0" + .[19:-1] | tonumber? // 0);

def seconds_left($last; $to_come):
  try (.[0] as $first | (($last.computeTime | seconds) - ($first.computeTime | seconds))
    * $to_come / ($last.step - $first.step) | ceil) catch "-";

# Of an operation, or of a model that has none: state, percent, step, steps, epoch, mean loss, seconds left, and what
# went wrong: a line of tabs for `read`, which must not be empty in between.
def progress:
  .[0] | (.metadata // .tuningTask // {}) as $task | ($task.snapshots // []) as $snapshots | $snapshots[-1] as $last
  | (.response.state // .state) as $state
  | (if .error or $state == "FAILED" then "FAILED" elif .done or $state == "ACTIVE" then "DONE" else "RUNNING" end) as $state
  | ([$task.completedSteps, $last.step | numbers] | max // 0) as $step
  | ($task.totalSteps // if $state == "DONE" then $step else 0 end) as $steps
  | [ $state,
      ($task.completedPercent // if $state == "DONE" then 100 elif $steps > 0 then 100 * $step / $steps else 0 end),
      $step, $steps, ($last.epoch // 0), (if $last then $last.meanLoss // 0 else "-" end),
      (if $state == "RUNNING" then $snapshots | seconds_left($last; $steps - $step) else "-" end),
      (.error.message // "the service does not say why") ]
  | map(tostring | gsub("[\t\n]"; " ")) | join("\t");

# The points of loss curves, from models or operations, one or many.
def snapshots:
  [.[] | if type == "array" then .[] else . end | (.response // .) as $model
  | ($model.tuningTask // .metadata).snapshots // [] | .[]
  | { model: ($model.name // $model.metadata.tunedModel), step: (.step // 0), epoch: (.epoch // 0),
      meanLoss: (.meanLoss // 0), computeTime }];

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

# Lines of server-sent events, and at last curl's report: prints text as it comes. The ending, as an error: the
# report, whether the text is empty, whole or broken, and all events as one reply; unit separators between.
def event_of: . as $data | try fromjson catch { error: { code: 200, message: "An event of the stream is not JSON: \($data[:60])" } };

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
