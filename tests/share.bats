load helper
setup_file() {
  start_emulator
  create_numbers one --display-name='number generator' >/dev/null 2>&1
  keep_models
}
teardown_file() { stop_emulator; }
setup() {
  use_models
}

shared() { gemtune share list one --format='value(role,granteeType,emailAddress)' | tail -n +2; }

@test "share list shows who may do what" {
  exits 0 gemtune share list 'number generator'
  prints 'ROLE   GRANTEE_TYPE  EMAIL_ADDRESS    NAME'
  prints 'OWNER  USER          you@example.com  tunedModels/one/permissions/'
}

@test "share add: a person, a group, everyone; again changes nothing, another role replaces the first" {
  exits 0 gemtune share add one --role=reader friend@example.com
  says 'Created [tunedModels/one/permissions/'
  says ']: friend@example.com has the role reader.'
  gemtune share add one --role=writer --group=team@example.com 2>/dev/null
  gemtune share add one --role=reader --everyone 2>/dev/null
  equals $'READER\tUSER\tfriend@example.com\nWRITER\tGROUP\tteam@example.com\nREADER\tEVERYONE\t' "$(shared)"
  exits 0 gemtune share add one --role=reader Friend@example.com
  says 'has the role reader of [tunedModels/one] already'
  equals 3 "$(journal '[.[] | select(.method == "POST" and (.path | endswith("/permissions")))] | length')"
  exits 0 gemtune share add one --role=writer friend@example.com
  says 'friend@example.com has the role writer now, and had reader.'
  shared | grep -q $'WRITER\tUSER\tfriend@example.com'
}

@test "share remove: by address, by the permission's name or its last part, and everyone" {
  for grantee in a@example.com b@example.com c@example.com; do gemtune share add one --role=reader "$grantee" 2>/dev/null; done
  gemtune share add one --role=reader --everyone 2>/dev/null
  name=$(gemtune share list one --format='value(emailAddress,name)' | sed -n 's/^b@example.com\t//p')
  last=$(gemtune share list one --format='value(emailAddress,name)' | sed -n 's#^c@example.com.*/##p')
  for grantee in A@example.com "$name" "$last" everyone; do
    exits 0 gemtune share remove one "$grantee"
    says 'Removed [tunedModels/one/permissions/'
    says 'which had the role reader.'
  done
  equals '' "$(shared)"
  exits 6 gemtune share remove one a@example.com
  says "is not shared with 'a@example.com'"
  says 'gemtune share list tunedModels/one'
}

@test "share transfer asks, and leaves the old owner a writer" {
  exits 2 gemtune share transfer one friend@example.com </dev/null
  says 'you will be a writer of it afterwards'
  exits 0 gemtune share transfer 'number generator' friend@example.com --quiet
  says 'Transferred [tunedModels/one] to friend@example.com.'
  exits 0 gemtune share list one --format='value(role,emailAddress)'
  equals $'OWNER\tfriend@example.com\nWRITER\tyou@example.com' "$output"
}

@test "a share whose answer was lost is there, and is not refused for that" {
  plan_fault '{"method": "POST", "path": "/v1beta/*/permissions", "wire": "reset", "when": "after"}'
  exits 0 gemtune share add one --role=reader friend@example.com
  says 'Created [tunedModels/one/permissions/'
  says ']: friend@example.com has the role reader.'
  equals $'READER\tUSER\tfriend@example.com' "$(shared)"
  plan_fault '{"method": "POST", "path": "/v1beta/*/permissions", "error": "internal", "status": 409}'
  exits 1 gemtune share add one --role=reader other@example.com
}

@test "a transfer whose answer was lost is done, and one that is refused is not" {
  plan_fault '{"path": "/v1beta/*:transferOwnership", "wire": "reset", "when": "after"}'
  exits 0 gemtune share transfer one friend@example.com --quiet
  says 'Transferred [tunedModels/one] to friend@example.com.'
  exits 5 gemtune share transfer one third@example.com --quiet
  equals 0 "$(journal '[.[] | select(.path | endswith(":transferOwnership"))] | length - 3')"
}

@test "what is missing, doubled or no address is a usage error" {
  for line in 'one friend@example.com' 'one --role=reader' 'one --role=owner a@example.com' 'one --role=reader a@example.com --everyone' \
    'one --role=reader --group=x' 'one --role=reader nobody'; do
    # shellcheck disable=SC2086 # several words
    exits 2 gemtune share add $line
  done
  exits 2 gemtune share transfer one nobody --quiet
  equals '' "$(shared)"
}

@test "--dry-run prints curl lines that do the same" {
  line() {
    exits 0 gemtune share "$@" --dry-run
    eval "$output" >/dev/null 2>&1
  }
  line add one --role=reader friend@example.com
  equals $'READER\tUSER\tfriend@example.com' "$(shared)"
  line remove one friend@example.com
  equals '' "$(shared)"
  exits 0 gemtune share list one --dry-run
  eval "$output" 2>/dev/null | grep -q '"OWNER"'
  line transfer one friend@example.com
  equals $'WRITER\tUSER\tyou@example.com' "$(shared)"
}
