# Operations, what `create` sends, how far a tuning is, and its loss curve: https://ai.google.dev/api/tuning

def operation: .[0].operations // [] | .[0].name // empty;

def started: .[0].name;

# What `create` sends: a whole request, or none, under the flags, with a list of {text_input, output} as its examples.
def create_body:
  $ARGS.named as $flags | (map(objects) | add // {}) as $body | map(arrays)[0] as $examples
  | def text($name): $flags[$name] | if . == "" then null else . end;
    def number($name): text($name) | if . then tonumber else . end;
    def given: with_entries(select(.value != null));
    ($body.tuning_task // {}) as $task
  | { display_name: (text("display_name") // $body.display_name // (text("default_name") | .[:40]?)) }
    + ($body | del(.display_name, .tuning_task) | if text("base_model") then del(.base_model, .tuned_model_source)
      else . end)
    + (text("base_model") | if . == null then {} elif startswith("tunedModels/")
      then { tuned_model_source: { tuned_model: . } }
      else { base_model: . } end)
    + ({ description: text("description"), temperature: number("temperature"), top_p: number("top_p"),
      top_k: number("top_k") } | given)
    + { tuning_task: ($task
      + { hyperparameters: (($task.hyperparameters // {}
        | if text("learning_rate") or text("learning_rate_multiplier")
          then del(.learning_rate, .learning_rate_multiplier) else . end)
        + ({ batch_size: number("batch_size"), learning_rate: number("learning_rate"),
          learning_rate_multiplier: number("learning_rate_multiplier"), epoch_count: number("epoch_count") } | given)) }
      + if $examples then { training_data: { examples: { examples: ($examples | map({ text_input, output })) } } }
        else {} end) };

# Of it: the base model, and the display name.
def create_summary: [.base_model // .tuned_model_source.tuned_model // "-", .display_name // ""];

# Whether a model, .[1], is what a request, .[0], asks for, as far as the service tells: what it learnt it does not.
def made_from:
  .[0] as $body | ($body.tuning_task.hyperparameters // {}) as $asked | .[1] | .tuningTask.hyperparameters as $has
  | (.tunedModelSource.tunedModel // .baseModel) == ($body.tuned_model_source.tuned_model // $body.base_model)
    and (.displayName // "") == ($body.display_name // "")
    and ($asked.epoch_count // $has.epochCount) == $has.epochCount
    and ($asked.batch_size // $has.batchSize) == $has.batchSize;

# Of an operation, or of a model that has none.
def progress:
  (.metadata // .tuningTask // {}) as $task | ($task.snapshots // []) as $snapshots | $snapshots[-1] as $last
  | (.response.state // .state) as $state
  | (if .error or $state == "FAILED" then "FAILED" elif .done or $state == "ACTIVE" then "DONE"
    else "RUNNING" end) as $state
  | ([$task.completedSteps, $last.step | numbers] | max // 0) as $step
  | ($task.totalSteps // if $state == "DONE" then $step else 0 end) as $steps
  | { $state, $step, $steps, epoch: ($last.epoch // 0), loss: (if $last then $last.meanLoss // 0 else null end),
      percent: ($task.completedPercent // if $state == "DONE" then 100 elif $steps > 0 then 100 * $step / $steps
        else 0 end),
      problem: .error.message };

# Models, and operations that make one, alone, in lists or in pages.
def tunings:
  if type == "array" then .[] | tunings
  elif type != "object" then error("no tuned model")
  else (.response // .tunedModels) as $inner
    | if $inner | type == "object" or type == "array" then $inner | tunings else . end end;

# Their loss curves: for each a row that begins it, and a row for each of its points.
def curve:
  [.[] | tunings | (.name // .metadata.tunedModel? // "") as $model
  | (.tuningTask // .metadata | objects // {}) as $task
  | { $model, title: .displayName, time: $task.startTime },
    ($task.snapshots // [] | arrays[] | objects
      | { $model, step: (.step // 0), epoch: (.epoch // 0), loss: (.meanLoss // 0), time: .computeTime })];
