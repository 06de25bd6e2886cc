# What doctor finds: a state, a sentence and a next step for each id, and the exit code of the first error.
load helper
setup_file() { start_emulator; }
teardown_file() { stop_emulator; }
setup() { use_emulator; }

finds() { # STATE ID SENTENCE  the last doctor
  local line
  line=$(grep -E "^$1 +$2 " <<<"$output") || { printf 'no %s %s in:\n%s\n' "$1" "$2" "$output" && return 1; }
  [[ $line == *"$3"* ]] || { printf '%s has no "%s":\n%s\n' "$2" "$3" "$output" && return 1; }
}

cron_doctor() { # of a copy: a checkout would make a Python of its own there
  mkdir 'my prefix'
  cp -r "$root/bin" "$root/lib" 'my prefix'
  run --separate-stderr 'my prefix/bin/gemtune' doctor --cron --base-url=https://127.0.0.1:1
}

@test "a machine where all is well" {
  exits 0 gemtune doctor
  says 'Errors: 0, warnings: 0.'
  finds ok curl 'curl '
  finds ok python-packages 'google-auth '
  finds ok connection "$url answers curl"
  finds ok clock-skew 'right'
  finds ok login 'authorized_user of you@example.com. The login ends in 6 days'
  finds ok scopes 'cloud-platform generative-language.tuning'
  finds ok quota-project 'gemtune-emulator (GEMTUNE_PROJECT) pays'
  finds ok tunable-models 'gemini-1.5-flash-001-tuning'
  gemtune doctor --format=json 2>/dev/null >found.json
  equals true "$(jq 'length == 16 and all(.[]; .state == "ok" and .id and .sentence and .nextStep == null)' found.json)"
}

@test "an API that is off, and no tunable models: the table's own next steps" {
  plan_fault '{"path": "/v1beta/models", "count": 9, "error": "api-off"}'
  exits 5 gemtune doctor
  finds error api 'has not been used in project'
  prints 'https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project='
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  plan_fault '{"path": "/v1beta/models", "status": 200, "body": {"models": [{"name": "models/m"}]}}'
  exits 0 gemtune doctor
  finds warning tunable-models 'Google withdrew tuning from the Gemini API in May 2025.'
  prints 'gemtune emulator start'
}

@test "a service in trouble is not waited for" {
  plan_fault '{"path": "/v1beta/models", "count": 99, "status": 503}'
  exits 75 gemtune doctor
  finds error api '503'
  [[ ! -e slept ]]
}

@test "no login is 4, no project 5, and what follows from it is not said again" {
  exits 4 env GEMTUNE_EMULATOR_DATA_DIR=/nowhere gemtune doctor
  finds error login 'You are not logged in'
  prints 'gemtune auth login --client-id-file='
  exits 5 env -u GEMTUNE_PROJECT gemtune doctor
  finds error quota-project 'No project is set'
  equals 1 "$(grep -c '^error' <<<"$output")"
}

@test "offline the rest is looked at all the same, and 75 comes at once" {
  export GEMTUNE_EMULATOR_HOST=127.0.0.1:1
  exits 75 gemtune doctor
  finds error connection 'No emulator answers at http://127.0.0.1:1.'
  finds ok login 'application_default_credentials.json; whether it still works was not tried'
  finds ok quota-project 'pays'
}

@test "offline a file that holds no credentials is no login" {
  export GEMTUNE_EMULATOR_HOST=127.0.0.1:1 GEMTUNE_EMULATOR_DATA_DIR=$PWD
  for text in '{' '' '[]' '{"refresh_token": "1"}'; do
    printf %s "$text" >application_default_credentials.json
    exits 75 gemtune doctor
    finds error login "There are no credentials in $PWD/application_default_credentials.json."
  done
  prints 'gemtune auth login --client-id-file='
}

@test "tools that are missing or too old are named" {
  mkdir tools
  for tool in bash env readlink cat jq grep sed find ls date; do ln -s "$(command -v "$tool")" tools/; done
  printf '#!/bin/sh\necho "curl 7.68.0 (x86_64)"\n' >tools/curl
  chmod +x tools/curl
  exits 1 env PATH="$PWD/tools" GEMTUNE_EMULATOR_HOST=127.0.0.1:1 "$root/bin/gemtune" doctor
  finds error curl 'curl 7.68.0 is too old: gemtune needs 7.76 or newer.'
  rm tools/curl tools/jq
  exits 1 env PATH="$PWD/tools" "$root/bin/gemtune" doctor
  finds error curl 'curl is missing.'
  prints 'apt-get install curl'
  finds error jq 'jq is missing.'
  equals 1 "$(grep -c 'jq is missing' <<<"$output")"
}

@test "files that others can read are named, with the line that closes them" {
  chmod 644 "$GEMTUNE_EMULATOR_DATA_DIR/application_default_credentials.json"
  exits 0 gemtune doctor
  finds warning file-modes 'Others on this machine'
  eval "$(sed -n 's/^ *\(chmod .*\)/\1/p' <<<"$output")"
  exits 0 gemtune doctor
  finds ok file-modes ''
}

@test "settings that are broken are findings" {
  exits 2 env -u GEMTUNE_EMULATOR_HOST GEMTUNE_BASE_URL=http://example.com gemtune doctor
  finds error base-url 'neither https nor on this machine'
  exits 2 gemtune doctor --ca-file=/nowhere
  finds error ca-file "There is no file '/nowhere' that you can read (--ca-file)."
  exits 2 gemtune doctor --backend=vertex
  finds error backend "There is no backend 'vertex'"
  mkdir -p .config/gemtune/configurations
  echo 'project p' >.config/gemtune/configurations/config_default
  exits 2 gemtune doctor
  finds error backend "line 1: 'project p' is neither [core] nor PROPERTY = VALUE."
  equals 1 "$(grep -c '^error' <<<"$output")"
  rm .config/gemtune/configurations/config_default
  : >empty.pem
  exits 1 gemtune doctor --ca-file=empty.pem
  finds error ca-file 'There is no certificate in'
  echo '-----BEGIN CERTIFICATE-----' >a.pem
  CURL_CA_BUNDLE=$PWD/a.pem SSL_CERT_FILE=b.pem exits 0 gemtune doctor
  finds warning ca-file 'though SSL_CERT_FILE names b.pem'
}

@test "a clock that is wrong" {
  mkdir tools
  cat >tools/curl <<END
#!/bin/sh
case " \$* " in *' --head '*) printf 'HTTP/1.1 200 OK\r\ndate: %s GMT\r\n\r\n\n200 0 0.1 ' "\$DATE" ;; *) exec $(command -v curl) "\$@" ;; esac
END
  chmod +x tools/curl
  export PATH=$PWD/tools:$PATH DATE='Thu, 29 Feb 2024 23:59:59'
  before=$(date +%s)
  exits 1 gemtune doctor
  off=$(sed -n 's/^error *clock-skew *The clock of this machine is \([0-9]*\) s fast\.$/\1/p' <<<"$output")
  ((off >= before - 1709251199 && off <= $(date +%s) - 1709251199))
  prints 'timedatectl'
}

@test "a proxy's password is not shown" {
  export HTTPS_PROXY=http://me:pa55@127.0.0.1:1 GEMTUNE_BASE_URL=https://example.com
  unset GEMTUNE_EMULATOR_HOST
  exits 75 gemtune doctor
  finds ok proxy 'http://...@127.0.0.1:1 (HTTPS_PROXY)'
  [[ $output != *pa55* ]]
  cron_doctor
  prints 'HTTPS_PROXY=...'
  [[ $output != *pa55* ]]
}

@test "--cron finds what cron lacks, with the lines to write, and looks from there" {
  export GOOGLE_APPLICATION_CREDENTIALS=$HOME/key.json
  unset GEMTUNE_EMULATOR_HOST GEMTUNE_EMULATOR_DATA_DIR
  cron_doctor
  finds warning cron 'GEMTUNE_PROJECT'
  prints "GOOGLE_APPLICATION_CREDENTIALS=$HOME/key.json"
  prints "0 9 * * *  '$HOME/my prefix/bin/gemtune' auth status --min-valid=48h --quiet"
  finds error login "You are not logged in: there is no $HOME/.config/gcloud/application_default_credentials.json"
}
