#!/usr/bin/env bash
# A model a day of the newest examples; the one that passes its test becomes the current one. Run it every hour: what is
# done is not done again, wherever it was killed. TRAINING_DATA and TEST_DATA must be set; more: gemtune help cron
set -euo pipefail
base=${BASE_MODEL:-gemini-1.5-flash-001-tuning} wanted=${MIN_ACCURACY:-90%} name=${NAME:-nightly}
state=${STATE:-${HOME:?}/.local/state/gemtune-$name} id=$name-$(date -u +%Y%m%d)
umask 077 && mkdir -p "$state"
for data in "$state/$name"-*.jsonl; do # of a day that did not come to its end, maybe before midnight
  [[ -e $data && ! -e ${data%.jsonl}.done ]] && id=${data##*/} && id=${id%.jsonl} && break
done
[[ ! -e $state/$id.done ]] || exit 0
export GEMTUNE_LOG_FILE=${GEMTUNE_LOG_FILE:-$state/log.jsonl} GEMTUNE_RUN_ID=$id

# FILE TEXT, then TEXT: whether anybody hears of it or not, what was done stays done
keep() { printf '%s\n' "$2" >"$state/$1.$$" && mv -f "$state/$1.$$" "$state/$1"; }
tell() {
  printf '%s: %s\n' "$id" "$1" || true
  [[ -z ${MAIL_TO:-} ]] || mail -s "$id: $1" "$MAIL_TO" <<<"$1" || true
  [[ -z ${WEBHOOK_FILE:-} ]] || jq -n --arg text "$id: $1" '{$text}' | curl -qsS -m 30 -o /dev/null --data-binary @- \
    -H 'Content-Type: application/json' -K <(sed 's/.*/url = "&"/' "$WEBHOOK_FILE") || true
}
step() { # 'EXIT CODES TO GO ON WITH' WORD... of gemtune; 8 and 75 end this hour, and others need a person
  code=0 && gemtune "${@:2}" || code=$?
  [[ " $1 8 75 129 130 143 " == *" $code "* ]] || tell "gemtune $2 ended with exit code $code"
  [[ " $1 " == *" $code "* ]] || exit "$code"
}
end() { tell "$2" && keep "$id.done" "$2" && rm -f "$state/$id.jsonl" && exit "$1"; }
if [[ ! -e $state/$id.jsonl ]]; then
  step '0 4' auth status --min-valid=24h --quiet
  ((code == 0)) || tell 'the login has ended, or does within a day'
  step 0 dataset check "$TRAINING_DATA" --test-data="$TEST_DATA"
  step 0 dataset convert "$TRAINING_DATA" --to=jsonl --output="$state/$id.jsonl"
fi
step '0 3' create --base-model="$base" --training-data="$state/$id.jsonl" --id="$id"
step '0 7' poll "$id" --interval=60 --timeout=3000
((code == 0)) || end "$code" 'the tuning failed'
step '0 10' evaluate "$id" --test-data="$TEST_DATA" --min-accuracy="$wanted" --report="$state/$id.html"
[[ ! -e $state/$id.done ]] || exit 0 # another run was here in the meantime
((code == 0)) || end "$code" "less than $wanted is right; $(cat "$state/current" || echo no model) stays current"
keep current "$id" && end 0 'it has passed, and is the current model'
