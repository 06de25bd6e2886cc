# Those with the display name $ARGS.named.name: how many, and a line of tabs for each. Where there is none, 0 and for
# each model two lines that suggest.awk compares: the end of its name, and its display name, with what it says of it.
def search:
  models | map(select(.displayName == $ARGS.named.name)) as $same
  | if $same != [] then "\($same | length)", ($same[] | [.name, .createTime, .state] | join("\t"))
    else "0", (.[] | "\(.name) (\(.displayName // ""))" as $said
      | (.name | split("/")[-1]), (.displayName // "") | [., $said] | map(split("\t") | join(" ")) | join("\t")) end;
