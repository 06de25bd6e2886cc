# generateContent, which both of Google's services speak: what prompts become, and what replies say.
# https://ai.google.dev/api/generate-content

# From the text of a prompt, and the flags of infer.
def ask_body:
  $ARGS.named as $flags
  | { temperature: ($flags.temperature | tonumber? // null), topP: ($flags.top_p | tonumber? // null),
      topK: ($flags.top_k | tonumber? // null), maxOutputTokens: ($flags.max_output_tokens | tonumber? // null),
      stopSequences: ($flags.stop // "" | if . == "" then null else split(",") end) } as $config
  | { contents: [{ parts: [{ text: . }] }],
      systemInstruction: ($flags.system // "" | if . == "" then null else { parts: [{ text: . }] } end),
      generationConfig: ($config | with_entries(select(.value != null)) | if . == {} then null else . end) }
  | with_entries(select(.value != null));

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

# Its text, whether that was cut at the limit, what is wrong with it, and Google's words for why it ended, laid over it.
def reply:
  (.candidates[0]?.finishReason // null) as $reason
  | laid_over({ text: reply_text, cut: ($reason == "MAX_TOKENS"), problem: reply_problem,
      ending: ({ finishReason: $reason, blockReason: .promptFeedback.blockReason? }
        | with_entries(select(.value != null))) });
