# The Gemini API's JSON: what it sends -> resources, progress, answers; what we ask -> what it takes.
# Every function reads the array of documents that arrived.

def resource: .[0];

def models: [.[].models // [] | .[]];

def tunable_models: models | map(select(.supportedGenerationMethods // [] | index("createTunedModel")));

def tuned_models: [.[].tunedModels // [] | .[]];

def tuned_model: .[0].response;

def operation_name: .[0].name;

def newest_operation: .[0].operations // [] | .[0].name // empty;

# From rows of {textInput, output} and the flags of create.
def create_request:
  .[0] as $examples
  | { display_name: $ARGS.named.display_name, base_model: $ARGS.named.base_model,
      tuning_task: {
        hyperparameters: ({
          batch_size: ($ARGS.named.batch_size | tonumber? // null),
          learning_rate: ($ARGS.named.learning_rate | tonumber? // null),
          epoch_count: ($ARGS.named.epoch_count | tonumber? // null)
        } | with_entries(select(.value != null))),
        training_data: { examples: { examples: ($examples | map({text_input, output})) } }
      } };

# From the text of a prompt.
def generate_request: { contents: [{ parts: [{ text: . }] }] };

# state, then percent, step, steps, epoch, mean loss, and what went wrong: a line of tabs for `read`
def progress:
  .[0] | .metadata as $m | ($m.snapshots // [] | .[-1]) as $last
  | [ if .error then "FAILED" elif .done then "DONE" else "RUNNING" end,
      ($m.completedPercent // 0), ($m.completedSteps // 0), ($m.totalSteps // 0),
      ($last.epoch // 0), ($last.meanLoss // "-"), (.error.message // "") ]
  | map(tostring | gsub("[\t\n]"; " ")) | join("\t");

def answer: [.[0].candidates[0].content.parts[]?.text // empty] | add // empty;

def why_no_answer: .[0] | .promptFeedback.blockReason // .candidates[0].finishReason // "no candidates";
