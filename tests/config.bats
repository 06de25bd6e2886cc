load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  folder=$HOME/.config/gemtune
  file=$folder/configurations/config_default
}

config() { gemtune config "$@" 2>/dev/null; }
configurations() { gemtune config configurations "$@" 2>/dev/null; }
names() { configurations list --format='value(name,is_active)' | tr '\t\n' '= '; }

@test "set, get and unset a property, with the section and without" {
  exits 0 gemtune config set project my-project
  equals 'Updated property [core/project].' "$stderr$output"
  exits 0 gemtune config get core/project
  equals my-project "$output$stderr"
  equals $'[core]\nproject = my-project' "$(<"$file")"
  exits 0 gemtune config unset project
  equals 'Unset property [core/project].' "$stderr$output"
  exits 0 gemtune config get project
  equals '(unset)' "$output$stderr"
  exits 0 gemtune config unset project
}

@test "every value is checked before it is written" {
  gemtune config set project before
  while IFS='|' read -r property value what; do
    exits 2 gemtune config set "$property" "$value"
    says "$what"
  done <<'END'
project|My Project|is not a project id
project||set to the empty string
backend|vertex|There is no backend 'vertex' (core/backend)
base_url|http://example.com|neither https nor on this machine
base_url|https://a b|neither https nor on this machine
client_id_file|nowhere.json|There is no file
ca_file|nowhere.pem|There is no file
client_id_file|/etc/passwd |a blank at its end
nosuch|x|Section [core] has no property [nosuch].
core/project/x|x|Section [core] has no property [project/x].
foo/bar|x|Section [foo] does not exist.
END
  says 'The one there is: core'
  exits 2 gemtune config get projcet
  says "Did you mean 'project'?"
  says 'backend, base_url, ca_file, client_id_file, project'
  equals $'[core]\nproject = before' "$(<"$file")"
  : >client_secret.json
  gemtune config set client_id_file client_secret.json
  gemtune config set base_url http://127.0.0.1:8900/
  equals "$HOME/client_secret.json http://127.0.0.1:8900" "$(config get client_id_file) $(config get base_url)"
}

@test "list is INI on stdout, with the origin of each on stderr" {
  gemtune config set base_url https://example.com
  export GEMTUNE_PROJECT=p
  exits 0 gemtune config list
  equals $'[core]\nbackend = gemini\nbase_url = https://example.com\nproject = p' "$output"
  says 'Your active configuration is: [default]'
  says '  backend         default'
  says "  base_url        $file"
  says '  client_id_file  not set'
  says '  project         GEMTUNE_PROJECT'
  exits 0 gemtune config list project --quiet
  equals $'[core]\nproject = p' "$output$stderr"
  equals '[{"name":"project","value":"p","origin":"GEMTUNE_PROJECT"}]' "$(config list core/project --format=json | jq -c .)"
  equals '"not set"' "$(config list --format=json | jq -c '.[] | select(.name == "client_id_file").origin')"
  equals "['backend', 'base_url', 'project']" "$(config list | "$GEMTUNE_PYTHON" -c '
import configparser, sys
parser = configparser.ConfigParser()
parser.read_file(sys.stdin)
print(list(parser["core"]))')"
}

@test "set says what overrides the value" {
  exits 0 env GEMTUNE_PROJECT=over gemtune config set project p
  says "WARNING: Property [core/project] is overridden: GEMTUNE_PROJECT says 'over'."
  exits 0 gemtune config set project q --dry-run
  says 'nothing was changed'
  equals p "$(config get project)"
}

@test "create activates, --no-activate does not; the default was always there" {
  equals 'default=True ' "$(names)"
  exits 0 gemtune config configurations create work
  equals $'Created [work].\nActivated [work].' "$stderr$output"
  equals work "$(<"$folder/active_config")"
  exits 0 gemtune config configurations create play --no-activate
  says '  $ gemtune config configurations activate play'
  equals 'default=False play=False work=True ' "$(names)"
  exits 1 gemtune config configurations create work
  says 'Cannot create configuration [work], it already exists.'
  exits 0 gemtune config configurations activate default
  equals 'Activated [default].' "$stderr"
  for name in Work 1a a_b NONE '' ../x; do
    exits 2 gemtune config configurations create "$name"
    says "Invalid name [$name] for a configuration."
  done
  exits 6 gemtune config configurations activate nope
  says 'Cannot activate configuration [nope], it does not exist.'
  says 'Those there are: default, play, work'
}

@test "--configuration and GEMTUNE_ACTIVE_CONFIG_NAME are for one command" {
  configurations create work
  gemtune config set project at-work
  configurations activate default
  equals at-work "$(config get project --configuration=work)"
  equals at-work "$(GEMTUNE_ACTIVE_CONFIG_NAME=work config get project)"
  gemtune --configuration=work config set project changed
  equals "changed " "$(GEMTUNE_ACTIVE_CONFIG_NAME=work config get project) $(config get project)"
  exits 0 env GEMTUNE_ACTIVE_CONFIG_NAME=work gemtune config configurations activate default
  says 'GEMTUNE_ACTIVE_CONFIG_NAME overrides it with [work]'
}

@test "delete asks, refuses the active one before it asks, and needs --quiet without a terminal" {
  configurations create work
  configurations create play
  exits 1 gemtune config configurations delete default play
  says 'Deleting named configuration failed because configuration [play] is set as active.'
  exits 1 env GEMTUNE_ACTIVE_CONFIG_NAME=work gemtune config configurations delete play --quiet
  exits 1 env GEMTUNE_ACTIVE_CONFIG_NAME=work gemtune config configurations delete work --quiet
  exits 6 gemtune config configurations delete work nope --quiet
  says 'Cannot delete configuration [nope], it does not exist.'
  exits 2 gemtune config configurations delete work </dev/null
  says $'There is no terminal to ask on: The following configurations will be deleted:\n   - work\n'
  says 'add --quiet'
  equals 'default=False play=True work=False ' "$(names)"
  exits 1 "$GEMTUNE_PYTHON" "$root/tests/converse.py" gemtune config configurations delete work <<<$'(Y/n)?|what\ny\' or \'n\':|n'
  prints 'Aborted by user.'
  exits 0 "$GEMTUNE_PYTHON" "$root/tests/converse.py" gemtune config configurations delete work <<<'(Y/n)?|'
  prints $'The following configurations will be deleted:\n - work'
  exits 0 gemtune config configurations delete default default --quiet
  equals 'Deleted [default].' "$stderr"
  equals 'play=True ' "$(names)"
}

@test "rename keeps what is set, and refuses the active one and a name that is taken" {
  configurations create work
  gemtune config set project p
  configurations activate default
  exits 0 gemtune config configurations rename work --new-name=play
  equals 'Renamed [work] to be [play].' "$stderr"
  equals p "$(config get project --configuration=play)"
  exits 1 gemtune config configurations rename default --new-name=other
  says 'Cannot rename configuration [default], it is the currently active configuration.'
  exits 1 gemtune config configurations rename play --new-name=default
  says 'Cannot rename configuration [play], [default] already exists.'
  exits 6 gemtune config configurations rename nope --new-name=other
  exits 2 gemtune config configurations rename play
}

@test "describe and list show what each configuration holds" {
  gemtune config set project p
  exits 0 gemtune config configurations describe default
  equals $'is_active: true\nname: default\nproperties:\n  core:\n    project: p' "$output"
  : >c.json
  for pair in 'backend gemini' 'base_url https://example.com' 'ca_file c.json' 'client_id_file c.json'; do
    # shellcheck disable=SC2086 # two words
    gemtune config set $pair
  done
  exits 0 gemtune config configurations describe default --format=json
  equals '{"backend":"gemini","base_url":"https://example.com","ca_file":"'"$PWD"'/c.json","client_id_file":"'"$PWD"'/c.json","project":"p"}' \
    "$(jq -c .properties.core <<<"$output")"
  exits 6 gemtune config configurations describe nope
  says 'The configuration [nope] does not exist.'
  exits 0 gemtune config configurations list
  equals 'NAME     IS_ACTIVE  PROJECT  BACKEND  BASE_URL' "${lines[0]}"
}

@test "a configuration that was deleted while active elsewhere: one line and the next step" {
  for command in 'config get project' 'config set project p' 'config list' 'list --project=p'; do
    # shellcheck disable=SC2086 # several words
    exits 6 env GEMTUNE_ACTIVE_CONFIG_NAME=gone gemtune $command
    equals 'There is no configuration [gone] (GEMTUNE_ACTIVE_CONFIG_NAME).' "$(sed -n '1s/^ERROR: ([^)]*) //p' <<<"$stderr")"
    says 'unset GEMTUNE_ACTIVE_CONFIG_NAME'
  done
  configurations create work
  rm "$folder/configurations/config_work"
  exits 6 gemtune config get project
  says "There is no configuration [work] ($folder/active_config)."
  exits 0 gemtune config configurations activate default
  exits 0 gemtune config get project
}

@test "a broken file is named with its line, and nothing falls back in silence" {
  configurations create work
  file=$folder/configurations/config_work
  while IFS='|' read -r text what; do
    printf '%b' "$text" >"$file"
    for command in 'config list' 'config set project p' 'list --project=p'; do
      # shellcheck disable=SC2086 # several words
      exits 2 gemtune $command
      says "$file, line $what"
      says "empty the file: : >'$file'"
    done
    equals "$(printf '%b' "$text" | od -c)" "$(od -c <"$file")"
  done <<'END'
[core\nproject = p\n|1: '[core' is neither [core] nor PROPERTY = VALUE.
project = p\n|1: 'project' stands outside of [core].
[other]\nproject = p\n|2: 'project' stands outside of [core].
[core]\nprojct = p\n|2: there is no property 'projct'.
[core]\nproject = p\n\nproject = q\n|4: 'project' is there a second time.
\xff\x00\x01\x9b31m\xfe\n|1: '
END
  fails grep -q $'\x9b\|\x01' <<<"$stderr"
  printf 'My Configuration' >"$folder/active_config"
  exits 2 gemtune config list
  says "Invalid name [My Configuration] for a configuration ($folder/active_config)."
  exits 0 gemtune config configurations activate work
}

@test "CRLF, a BOM, comments, colons and % are read; set keeps the other lines" {
  mkdir -p "${file%/*}"
  printf '\xef\xbb\xbf[core]\r\n; mine\r\nproject : p\r\nbase_url=https://example.com/%%41\r\n' >"$file"
  equals p "$(config get project)"
  exits 2 gemtune config get base_url
  says "https://example.com/%41' ($file)"
  gemtune config set base_url https://example.com
  equals $'[core]\nbase_url = https://example.com\n; mine\nproject : p' "$(<"$file")"
}

@test "files are 0600 in folders 0700, whatever the umask, and no link is written through" {
  umask 000
  configurations create work
  gemtune config set project p
  equals '700 700 600 600 600' "$(stat -c %a "$folder" "$folder/configurations" "$folder/active_config" "$folder"/configurations/* | tr '\n' ' ' | sed 's/ $//')"
  file=$folder/configurations/config_work
  mv "$file" real && ln -s "$HOME/real" "$file"
  exits 1 gemtune config set project q
  says 'is a symbolic link'
  equals $'[core]\nproject = p' "$(<real)"
  equals p "$(config get project)"
}

@test "of changes at the same time none is lost" {
  : >c.json
  PATH=${PATH//$root\/tests\/fake:/} # a real pause
  for round in 1 2 3 4 5; do
    gemtune config set project "p$round" 2>/dev/null &
    gemtune config set base_url "https://h$round.example" 2>/dev/null &
    gemtune config set client_id_file c.json 2>/dev/null &
    wait
    equals "p$round https://h$round.example $HOME/c.json" "$(config get project) $(config get base_url) $(config get client_id_file)"
    rm "$file"
  done
  equals '' "$(ls -A "$folder/configurations")"
}

@test "a change that is killed, wherever, is not in the way of the next one" {
  gemtune config set project p
  PATH=${PATH//$root\/tests\/fake:/}
  for ((ms = 0; ms < 80; ms += 8)); do
    timeout -s KILL "$(printf '0.%03d' "$((ms + 1))")" gemtune config set project q || true
    exits 0 gemtune config set project p
    equals p "$(config get project)"
  done
  echo junk >"$file.new"
  exits 0 gemtune config set project r
  equals 'r config_default' "$(config get project) $(ls "$folder/configurations")"
}

@test "of two that create or delete the same configuration one does, and the active one stays" {
  for round in 1 2 3; do
    for i in 1 2 3 4; do
      gemtune config configurations create "c$round" 2>/dev/null && echo made &
    done >made
    wait
    equals made "$(<made)"
    gemtune config configurations delete "c$((round - 1))" --quiet 2>/dev/null &
    gemtune config configurations activate "c$((round - 1))" 2>/dev/null &
    wait
    [[ -f $folder/configurations/config_$(<"$folder/active_config") ]]
  done
}

@test "a folder of settings that cannot be locked is said, and nothing is changed" {
  gemtune config set project p
  rm "$folder/lock" && mkdir "$folder/lock"
  exits 1 gemtune config set project q
  equals "ERROR: (gemtune.config.set) Cannot lock $folder/lock: it is no plain file.
  Make that possible, or keep your settings elsewhere: export GEMTUNE_CONFIG=FOLDER" "$stderr"
  equals p "$(config get project)"
  exits 0 gemtune config set project q --dry-run
}

@test "a HOME that cannot be written, one that is missing, one with blanks and Chinese, a full disk" {
  exits 1 env HOME=/dev/null gemtune config set project p
  says 'Cannot lock /dev/null/.config/gemtune/lock: Not a directory.'
  says 'export GEMTUNE_CONFIG=FOLDER'
  exits 1 env -u HOME gemtune config set project p
  says 'HOME is not set'
  mkdir '我的 家' && HOME="$HOME/我的 家"
  gemtune config set project p
  exits 0 gemtune config list project
  says "$HOME/.config/gemtune/configurations/config_default"
  if ((EUID != 0)); then
    chmod 500 "$HOME/.config/gemtune/configurations"
    exits 1 gemtune config set project q
    says 'Permission denied.'
    chmod 700 "$HOME/.config/gemtune/configurations"
  fi
  # no file may grow: what a full disk does, to a person without the right to fill one
  exits 1 bash -o pipefail -c "(trap '' XFSZ && ulimit -f 0 && gemtune config set project q) 2>&1 | cat"
  prints 'Cannot write'
  equals 'p config_default' "$(config get project) $(ls -A "$HOME/.config/gemtune/configurations")"
}

@test "gcloud says and prints the same, and its files read the same" {
  command -v gcloud >/dev/null || skip 'gcloud is not installed'
  export CLOUDSDK_CONFIG=$HOME/gcloud CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=true CLOUDSDK_SURVEY_DISABLE_PROMPTS=true \
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK=true CLOUDSDK_CORE_CHECK_GCE_METADATA=false
  mkdir "$CLOUDSDK_CONFIG"
  while read -r words; do
    # shellcheck disable=SC2086 # several words
    {
      run --separate-stderr gcloud config $words
      theirs=$status/$output/${stderr%%.  [EU]*}
      run --separate-stderr gemtune config $words
    }
    [[ $status != [26] ]] || status=1
    ours=$status/$output/$stderr
    ours=${ours//gemtune/gcloud}
    equals "$theirs" "${ours:0:${#theirs}}"
  done <<'END'
configurations create work
configurations create work
configurations create Work
set project my-project
set core/project my-project2
get project
unset nosuch
configurations describe work
configurations activate default
configurations activate nope
configurations describe nope
configurations delete default
configurations rename default --new-name=x
configurations rename work --new-name=default
configurations rename nope --new-name=x
configurations rename work --new-name=play
get project --configuration=play
unset project
END
  equals "$(<"$CLOUDSDK_CONFIG/configurations/config_play")" "$(<"$folder/configurations/config_play")"
  equals "$(od -c <"$CLOUDSDK_CONFIG/active_config")" "$(od -c <"$folder/active_config")"
  cp -r "$folder/configurations" "$folder/active_config" "$CLOUDSDK_CONFIG/"
  equals my-project2 "$(gcloud config get project --configuration=play 2>/dev/null)"
}
