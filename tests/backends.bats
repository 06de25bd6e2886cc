# What a backend's jq makes of its wire: tests/backends/NAME/FUNCTION.json has what goes in and what must come out.
load helper
setup() { own_home "$BATS_TEST_TMPDIR/home"; }

backends() { (cd "$root/lib/gemtune/backends" && echo *.bash); }

program() { # BACKEND  all that its programs may use
  (
    lib=$root/lib/gemtune
    # shellcheck source=/dev/null
    source "$lib/jq.bash" && source "$lib/backends/$1.bash"
    for name in $libraries filter rows lookup progress rounds curve; do cat "$lib/$name.jq"; done
  )
}

contract='base_models models started progress curve create_body update_body ask_body reply next_page'

@test "each function of the contract has its cases, for every backend" {
  for file in $(backends); do
    for name in $contract; do
      jq -e 'length > 0' "$root/tests/backends/${file%.bash}/$name.json" >/dev/null || { echo "$file: $name" && false; }
    done
  done
}

@test "wire in, neutral out" {
  for file in $(backends); do
    definitions=$(program "${file%.bash}")
    for cases in "$root/tests/backends/${file%.bash}"/*.json; do
      while IFS= read -r case; do
        arguments=()
        while IFS= read -r argument; do arguments+=("$argument"); done < <(
          jq -r '.arguments | to_entries[] | "--arg", .key, .value' <<<"$case"
        )
        made=$(jq '.wire[]' <<<"$case" | jq -s ${arguments[@]+"${arguments[@]}"} "$definitions $(jq -r .program <<<"$case")")
        jq -e --argjson made "$made" '$made == .neutral' <<<"$case" >/dev/null ||
          { printf '%s: %s\n%s\n' "$cases" "$(jq -r .what <<<"$case")" "$made" && false; }
      done < <(jq -c '.[]' "$cases")
    done
  done
}

@test "each deed that backend.bash names is there, and one that is missing is named when the backend is loaded" {
  cp -r "$root"/{bin,lib} .
  # shellcheck source=/dev/null
  deeds=$(source "$root/lib/gemtune/backend.bash" && echo "$deeds")
  for deed in $deeds; do
    grep -q "^backend_$deed() { # " lib/gemtune/backends/gemini.bash
    sed "s/^backend_$deed()/gone()/" "$root/lib/gemtune/backends/gemini.bash" >lib/gemtune/backends/gemini.bash
    exits 1 ./bin/gemtune list
    says "The backend 'gemini' lacks backend_$deed."
  done
}

@test "what asks no service loads no backend: a wrong one breaks nothing there, and nothing of service/ is called" {
  export GEMTUNE_BACKEND=nowhere GEMTUNE_PROJECT=p
  printf 'text_input,output\n1,2\n2,3\n' >numbers.csv
  mkdir -p .config/gcloud
  while IFS='|' read -r code line; do
    # shellcheck disable=SC2086 # its words
    exits "$code" gemtune $line </dev/null
    fails grep -E "backend|command not found|line [0-9]+:|unbound" <<<"$stderr"
  done <<'END'
4|auth print-access-token
4|auth status
3|auth revoke --quiet
4|auth set-quota-project my-project
2|auth login
0|config list --quiet
0|config get project
0|config set project q
0|config unset project
0|config configurations list
0|config configurations create other
0|config configurations describe other
0|config configurations activate default
0|config configurations rename other --new-name=another
0|config configurations delete another --quiet
0|help
0|help create
0|help cron
0|completion bash
0|completion answer -- dataset ch
0|dataset check numbers.csv
0|dataset convert numbers.csv --to=vertex
0|dataset split numbers.csv --test-fraction=0.5
0|explain rate-limited
6|explain what is this
0|explain {"error":{"code":429,"message":"x"}}
6|explain {"error":"no envelope"}
0|version
0|emulator env-unset
END
}
