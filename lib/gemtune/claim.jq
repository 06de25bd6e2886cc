# Whose a tuning is that has the id of a request whose answer was lost. It needs progress.

# Whether a model, .[1], is what a request, .[0], asks for, and was made since: in seconds by the clock of here, which
# may differ from the service's. That is known from the date of an answer, to a second.
def is_made_from:
  (try ($ARGS.named.date | strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime - now) catch 0) as $ahead
  | ($ARGS.named.since | if endswith("Z") then fromdateiso8601 else tonumber end) as $since
  | ($since + if $ahead | -2 < . and . < 1 then 0 else $ahead end) as $since
  | made_from and (.[1:] | models[0].createTime | seconds) >= $since;
