# Google's error envelope -> HTTP status, its name, reason, milliseconds to wait, a page that helps, message, with a unit
# separator between.
include "visible";

def detail($type): [.details[]? | select(.["@type"] | endswith($type))][0];

def per_day: [detail("QuotaFailure").violations[]?.quotaId? // empty | contains("PerDay")] | any;

def milliseconds: rtrimstr("s") | tonumber * 1000 | ceil;

(if type == "array" then .[0] else . end).error
| [ (.code // "" | tostring), .status // "",
    if per_day then "PER_DAY" else detail("ErrorInfo").reason // "" end,
    (detail("RetryInfo").retryDelay // "" | if . == "" then . else milliseconds | tostring end),
    (detail("Help").links[0].url? // ""),
    .message // "" ]
| map(visible) | join("\u001f")
