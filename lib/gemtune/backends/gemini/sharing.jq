# Who may use a tuned model: https://ai.google.dev/api/tuning/permissions

def permissions: [.[].permissions // [] | .[]];

# From the flags of share.
def permission_request:
  $ARGS.named | { role: (.role | ascii_upcase) }
  + if (.type // "") == "" then {} elif .type == "EVERYONE" then { granteeType: .type }
    else { granteeType: .type, emailAddress: .email } end;

# Whose permission it is, by address, by id or name, or everyone: its name and role, as a line of tabs.
def permission_of:
  ($ARGS.named.grantee | ascii_downcase) as $grantee
  | first(permissions[] | select($grantee == (.emailAddress // .granteeType | ascii_downcase)
    or $grantee == (.name | split("/")[-1] | ascii_downcase) or $grantee == (.name | ascii_downcase)))
  | [.name, (.role | ascii_downcase)] | join("\t");

def transfer_request: { emailAddress: $ARGS.named.email };
