# Loss curves out of a backend's `curve`: for each model a row {model, title, time} that begins it, and a row
# {model, step, epoch, loss, time} for each of its points.

def is_point: has("loss");

# For a picture: a model goes by its title where no other one has that.
def titled:
  map(select(is_point | not)) as $heads
  | [$heads[] | .title as $title
      | select($title != null and $title != "" and ([$heads[] | select(.title == $title)] | length) == 1)
      | { key: .model, value: $title }] as $titles
  | ($titles | from_entries) as $titles
  | map(.model = ($titles[.model] // .model) | del(.title));

# The points, as --format prints them.
def exported: map(select(is_point) | { model, step, epoch, meanLoss: .loss, computeTime: .time });
