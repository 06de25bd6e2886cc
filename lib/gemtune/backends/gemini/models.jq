# Base models, tuned models and who may use them: what the Gemini API sends, and what we ask of it.

def resource: .[0];

def models: [.[].models // [] | .[]];

def tunable_models: models | map(select(.supportedGenerationMethods // [] | index("createTunedModel")));

def tuned_models: [.[].tunedModels // [] | .[]];

# Those with the display name $ARGS.named.name: how many, and a line of tabs for each. Where there is none, 0 and
# the nearest names: those that contain it, or share at least half of their pairs of letters with it.
def pairs: [range(length - 1) as $i | .[$i:$i + 2]];

def likeness($wanted):
  if . == "" then 0 elif contains($wanted) then 1 else pairs as $own | ($wanted | pairs) as $other
  | 2 * ($own - ($own - $other) | length) / ([1, ($own + $other | length)] | max) end;

def search:
  $ARGS.named.name as $name | ($name | ascii_downcase | ltrimstr("tunedmodels/")) as $wanted
  | tuned_models | map(select(.displayName == $name)) as $same
  | if $same != [] then "\($same | length)", ($same[] | [.name, .createTime, .state] | join("\t"))
    else "0", (map([.name, .displayName // ""]
      | [(map(ascii_downcase | ltrimstr("tunedmodels/") | likeness($wanted)) | max), "\(.[0]) (\(.[1]))"]
      | select(.[0] >= 0.5)) | sort | reverse[:3][] | .[1]) end;

def permissions: [.[].permissions // [] | .[]];

# From the fields that the flags of update gave; a number that was emptied is left to the mask alone.
def update_request:
  $ARGS.named as $flags
  | [$flags.fields | split(",")[] | { key: ., value: $flags[.] } | if .key | IN("displayName", "description") then .
    elif .value == "" then empty else .value |= tonumber end] | from_entries;

# From the flags of share.
def permission_request:
  $ARGS.named | { role: (.role | ascii_upcase) }
  + if (.type // "") == "" then {} else { granteeType: .type } + if .type == "EVERYONE" then {} else { emailAddress: .email } end end;

# Whose permission it is, by address, by id or name, or everyone: its name and role, as a line of tabs.
def permission_of:
  ($ARGS.named.grantee | ascii_downcase) as $grantee
  | first(permissions[] | select($grantee == (.emailAddress // .granteeType | ascii_downcase)
    or $grantee == (.name | split("/")[-1] | ascii_downcase) or $grantee == (.name | ascii_downcase)))
  | [.name, (.role | ascii_downcase)] | join("\t");

def transfer_request: { emailAddress: $ARGS.named.email };
