# Google's error envelope -> status, reason, milliseconds to wait, message, with a unit separator between.

def detail($type): [.details[]? | select(.["@type"] | endswith($type))][0];

def visible: explode | map(if . < 32 and . != 10 or . >= 127 and . < 160 then 65533 else . end) | implode;

def per_day: [detail("QuotaFailure").violations[]?.quotaId? // empty | contains("PerDay")] | any;

def milliseconds: rtrimstr("s") | tonumber * 1000 | ceil;

(if type == "array" then .[0] else . end).error
| [ .status // "",
    if per_day then "PER_DAY" else detail("ErrorInfo").reason // "" end,
    (detail("RetryInfo").retryDelay // "" | if . == "" then . else milliseconds | tostring end),
    (.message // "" | visible) ]
| join("\u001f")
