# Google's error envelope -> HTTP status, its name, reason, milliseconds to wait, a page that helps, message, with a
# unit separator between.

def detail($type): [.details[]? | select(.["@type"]? // "" | endswith($type))][0];

def per_day: [detail("QuotaFailure").violations[]?.quotaId? // empty | contains("PerDay")] | any;

def milliseconds: # as bash can count them; "" where it is no duration
  try (rtrimstr("s") | tonumber * 1000 | ceil | [[0, .] | max, 1000000000] | min | tostring) catch "";

def refusal:
  (if type == "array" then .[0] else . end).error
  | [ (.code // "" | tostring), .status // "",
      if per_day then "PER_DAY" else detail("ErrorInfo").reason // "" end,
      (detail("RetryInfo").retryDelay // "" | milliseconds),
      (detail("Help").links[0].url? // ""),
      .message // "" ]
  | map(visible) | join("\u001f");
