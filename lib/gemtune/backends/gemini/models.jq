# Base models and tuned models, as the Gemini API sends them: https://ai.google.dev/api/models

def base_models: # of pages, or of one model
  [.[] | if .name then . else .models // [] | .[] end
  | laid_over({ tunable: (.supportedGenerationMethods // [] | index("createTunedModel") != null) })];

# Of pages, models and operations that are done. Google's keys are the neutral ones: name, displayName, baseModel,
# state, createTime, description, temperature, topP, topK.
def models: [.[] | .response // . | if .name then . else .tunedModels // [] | .[] end];

# What `update` changes: its mask, and the body. A number that was emptied is left to the mask alone.
def update_body:
  { display_name: "displayName", description: "description", temperature: "temperature", top_p: "topP", top_k: "topK" }
    as $keys
  | ($ARGS.named.fields | split(" ")) as $fields
  | ($fields | map($keys[.]) | join(",")),
    ([$fields[] | { key: $keys[.], value: $ARGS.named[.] } | if .key | IN("displayName", "description") then .
      elif .value == "" then empty else .value |= tonumber end] | from_entries | tojson);
