# shellcheck shell=bash
# What every .bats file stands on: a HOME of its own for each test, no variable of the caller's, and an
# emulator for the file where it asks for one.

bats_require_minimum_version 1.5.0
root=$(cd "$BATS_TEST_DIRNAME/.." && pwd)

own_home() { # DIRECTORY  nothing of the person who runs the tests can be seen from here
  local name
  for name in $(compgen -e | grep -E '^(GEMTUNE|CLOUDSDK|GOOGLE|XDG|CURL_CA|REQUESTS_CA|SSL_CERT|BROWSER|DISPLAY|.*_proxy|.*_PROXY|access_token|project_id|base_url)'); do
    case $name in GEMTUNE_PYTHON) ;; *) unset "$name" ;; esac
  done
  export HOME=$1 PATH=$root/tests/fake:$root/bin:$PATH TERM=dumb
  mkdir -p "$HOME"
  cd "$HOME" || return
}

clone() { # DIRECTORY  the files git knows or would add, as a fresh clone has them
  mkdir -p "$1"
  (cd "$root" && git ls-files -co --exclude-standard -z | xargs -0 tar cf - --) | tar xf - -C "$1"
}

start_emulator() { # [FLAG...]  for all tests of the file; sets url
  own_home "$BATS_FILE_TMPDIR/home"
  mkfifo "$HOME/first-line"
  gemtune emulator start --host-port=127.0.0.1:0 --data-dir="$BATS_FILE_TMPDIR/data" --auto-consent \
    --step-seconds=1 "$@" >"$HOME/first-line" 3>&- &
  read -r url <"$HOME/first-line"
  export url
  eval "$(gemtune emulator env-init --data-dir="$BATS_FILE_TMPDIR/data")"
  BROWSER="$root/tests/fake/browser %s" gemtune auth login \
    --client-id-file="$GEMTUNE_EMULATOR_DATA_DIR/client_secret.json" 2>/dev/null
}

stop_emulator() {
  gemtune emulator stop --data-dir="$BATS_FILE_TMPDIR/data"
}

use_emulator() { # a HOME and a ledger of its own for this test, with the login of the file
  own_home "$BATS_TEST_TMPDIR/home"
  eval "$(gemtune emulator env-init --data-dir="$BATS_FILE_TMPDIR/data")"
  curl -sS -X POST "$url/_emulator/reset" >/dev/null
  rm -f "$GEMTUNE_EMULATOR_DATA_DIR/ledger.tsv"
}

keep_models() { # those that are there, finished or not, for each test of the file: a tuning is not paid for again
  curl -sS "$url/_emulator/snapshot" >"$BATS_FILE_TMPDIR/models.json"
}

use_models() { # as use_emulator, with what keep_models kept
  use_emulator
  curl -sS -X POST "$url/_emulator/seed" -d "@$BATS_FILE_TMPDIR/models.json" >/dev/null
}

exits() { # CODE COMMAND...  sets output and stderr
  local code=$1
  shift
  run --separate-stderr "$@"
  ((status == code)) || { printf 'exit %s, not %s: %s\n%s\n%s\n' "$status" "$code" "$*" "$output" "$stderr" && return 1; }
}

fails() { # COMMAND...
  ! "$@"
}

prints() { # TEXT  the last command, on stdout
  [[ $output == *"$1"* ]] || { printf 'stdout has no "%s":\n%s\n' "$1" "$output" && return 1; }
}

says() { # TEXT  the last command, on stderr
  [[ $stderr == *"$1"* ]] || { printf 'stderr has no "%s":\n%s\n' "$1" "$stderr" && return 1; }
}

equals() { # WANTED ACTUAL
  [[ $1 == "$2" ]] || { diff <(printf '%s\n' "$1") <(printf '%s\n' "$2") && return 1; }
}

plan_fault() { # JSON
  curl -sS -X POST "$url/_emulator/faults" -d "$1" >/dev/null
}

journal() { # JQ_FILTER  on the requests that arrived, their headers as an object
  curl -sS "$url/_emulator/requests" |
    jq -r ".requests | map(.headers |= (map({key: .[0], value: .[1]}) | from_entries)) | $1"
}

numbers() { # the tutorial's fifteen pairs
  cp "$root/lib/gemtune/quickstart.csv" numbers.csv
}

create_numbers() { # ID [FLAG...]
  numbers
  gemtune create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv --id="$1" \
    --batch-size=2 --learning-rate=0.001 --epoch-count=5 "${@:2}"
}
