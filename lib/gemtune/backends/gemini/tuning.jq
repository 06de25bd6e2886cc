# Operations, what `create` sends, how far a tuning is, and its loss curve.

def operation_name: .[0].name;

def newest_operation: .[0].operations // [] | .[0].name // empty;

# Of an operation that is done, or the model itself.
def tuned_model: .[0] | .response // .;

# What `create` sends: a whole request, or none, under the flags, with a list of {text_input, output} as its examples.
def create_request:
  $ARGS.named as $flags | (map(objects) | add // {}) as $body | map(arrays)[0] as $examples
  | def text($name): $flags[$name] | if . == "" then null else . end;
    def number($name): text($name) | if . then tonumber else . end;
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

# Seconds that the steps to come take, at the pace of those that have left snapshots. Without `? //`, which in jq 1.6
# swallows an error that comes later, and the answer with it.
def seconds: (.[:19] + "Z" | fromdateiso8601) + ("0" + .[19:-1] | tonumber);

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
