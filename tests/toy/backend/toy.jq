# The toy service's words, and what they are called here.
def stages: { waiting: "QUEUED", learning: "RUNNING", ready: "DONE", broken: "FAILED" };
def base_models: [];
def models: [.[] | .jobs // [.] | .[]
  | laid_over({ name: "jobs/\(.label)", displayName: .label, baseModel: "toy", state: stages[.stage], createTime: .born })];
def started: models[0].name;
def next_page($url): (.more // "") as $more | if $more == "" then "" else "\($url)&after=\($more | @uri)" end;
def create_body: $ARGS.named as $flags | def number($name): $flags[$name] | if . == "" then null else tonumber end;
  { pairs: (map(arrays)[0] | map({ ask: .text_input, say: .output })), laps: number("epoch_count"),
    handful: number("batch_size"), speed: number("learning_rate") } | with_entries(select(.value != null));
def create_summary: [$ARGS.named.base_model, ""];
def update_body: "", {};
def progress: (.marks[-1] // {}) as $last
  | { state: stages[.stage], step: .done, steps: .of, epoch: ($last.lap // 0), loss: $last.miss,
      percent: (if .of > 0 then 100 * .done / .of else 0 end), problem: null };
def curve: [.[] | "jobs/\(.label)" as $model | { $model, title: .label, time: null }, (.marks[] | { $model, step: .n, epoch: .lap, loss: .miss, time: null })];
def ask_body: { ask: . };
def reply: laid_over({ text: .say, cut: false, problem: null, ending: {} });
