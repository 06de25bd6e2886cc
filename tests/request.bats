# What a verb can ask of service/http.bash, tried by verbs that are only here.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() {
  use_emulator
  cp -r "$root"/{bin,lib} .
}

verb() { # LINE...  of a verb `toy`, which has flags by the names that requests use inside
  {
    printf '%s\n' '# Usage: gemtune toy [NAME]' '# Summary: Ask' '#'
    for name in status model url method body token head reply document attempt; do printf '#   --%s=TEXT  one\n' "$name"; done
    printf '%s\n' "parse_arguments '[NAME]' \"\$@\"" use_backend "$@"
  } >lib/gemtune/commands/toy.bash
}

@test "no request overwrites a flag, whatever the verb calls it" {
  create_numbers one --display-name='my model' >/dev/null 2>&1
  verb 'on_model document backend_get "${operands[0]}"' \
    'echo "$flag_status $flag_model $flag_url $flag_method $flag_token $flag_reply $flag_document $flag_attempt; $status $model"'
  exits 0 ./bin/gemtune toy 'my model' --status=a --model=b --url=c --method=d --token=e --reply=f --document=g --attempt=h
  equals 'a b c d e f g h; 200 tunedModels/one' "$output"
}

@test "a file is sent as it is, with its type, and what comes need not be JSON" {
  printf 'line\n\0binary' >data.bin
  verb 'request answer PUT "$base_url/upload/one" --file=data.bin --type=text/plain --good=any' 'echo "$status $answer"'
  plan_fault '{"path": "/upload/one", "status": 200, "body": "not JSON"}'
  exits 0 ./bin/gemtune toy
  equals '200 not JSON' "$output"
  equals "PUT text/plain 12" "$(journal '.[-1] | "\(.method) \(.headers["content-type"]) \(.headers["content-length"])"')"
  exits 0 ./bin/gemtune toy --dry-run
  prints "--upload-file data.bin"
  plan_fault '{"path": "/upload/one", "status": 200, "body": "not JSON"}'
  verb 'request answer PUT "$base_url/upload/one" --file=data.bin'
  exits 1 ./bin/gemtune toy
  says 'answered something that is not JSON'
}

@test "an empty answer is good where the caller says so, with its head; so is a status that it handles itself" {
  while IFS='|' read -r code fault options printed; do
    verb "request answer POST \"\$base_url/begin\" --body='{}' $options" 'echo "$status <$answer> $(tr -d "\r" <<<"$head" | grep -i ^location)"'
    plan_fault "{\"path\": \"/begin\", $fault}"
    exits "$code" ./bin/gemtune toy
    equals "$printed" "${output% }"
  done <<'END'
0|"status": 204|--good=empty|204 <>
0|"status": 200, "body": "", "headers": {"Location": "https://h/session"}|--good=empty|200 <> location: https://h/session
1|"status": 200, "body": ""||
0|"status": 308, "body": "", "headers": {"Range": "bytes=0-9"}|--handle='308 404'|308 <>
1|"status": 308, "body": ""||
6|"status": 404|--handle=308|
END
}
