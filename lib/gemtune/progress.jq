# How a tuning gets on, from what a backend's `progress` and `curve` say of it.

# Seconds that the steps to come take, at the pace of those that have left points. Without `? //`, which in jq 1.6
# swallows an error that comes later, and the answer with it.
def seconds: (.[:19] + "Z" | fromdateiso8601) + ("0" + .[19:-1] | tonumber);

def seconds_left($to_come):
  try (.[0] as $first | .[-1] as $last | (($last.time | seconds) - ($first.time | seconds))
    * $to_come / ($last.step - $first.step) | ceil) catch "-";

# For `read`: a line of tabs, none of them empty; jq 1.7 would keep a number as the service has written it.
def progress_line:
  [curve[] | select(has("loss"))] as $points | .[0] | progress
  | [.state, .percent + 0, (.step, .steps, .epoch | floor), (if .loss == null then "-" else .loss + 0 end),
      (if .state == "RUNNING" then .steps - .step | . as $to_come | $points | seconds_left($to_come) else "-" end),
      (.problem // "the service does not say why")]
  | map(tostring | gsub("[\t\n]"; " ")) | join("\t");
