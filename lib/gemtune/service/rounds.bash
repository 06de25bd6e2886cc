# shellcheck shell=bash
# Many prompts, asked in rounds of parallel requests. Answers are JSON Lines in the order of the prompts, and each
# is written as soon as all before it are there.

round_size=400
stubborn=6 # attempts at a prompt that meets an internal error each time, while others are answered

answer_all() { # MODEL JOBS  every prompt in $folder/part.*; to descriptor 6
  local method=POST url body='' file='' type=application/json handled='' headers server token waited=0 renewed=false
  local jobs=$2 part libraries="$libraries rounds"
  backend_ask url "$1" whole
  prepare
  [[ $dry_run == true ]] || sign_in
  for part in "$folder"/part.*; do
    [[ -e $part ]] || continue
    transform ${arguments[@]+"${arguments[@]}"} -- ask_bodies <"$part" >"$folder/bodies"
    [[ $dry_run == true ]] || ask_round "$part"
    [[ $dry_run == false ]] || while IFS= read -r body; do (print_curl); done <"$folder/bodies"
  done
}

ask_round() { # PART
  local body count=0 written=0 progress=0 pending=() reports=()
  while IFS= read -r body; do
    printf %s "$body" >"$folder/$count.body"
    : >"$folder/$count.reply" # curl makes none where nothing comes
    : >"$folder/$count.head"
    pending+=("$count") reports+=('lost 0 The connection broke.')
    ((count += 1))
  done <"$folder/bodies"
  while ((${#pending[@]} > 0)); do
    send_pending
    write_settled "$1"
    ((${#pending[@]} == 0)) || look_at_first "$1"
  done
}

send_pending() { # sets reports; pending to what must be asked again, progress to how many need not
  local i report again=()
  progress=0
  while IFS=' ' read -r i report; do
    reports[i]=$report
    ! is_final "$report" || { ((progress += 1)) && show_progress "$((answered + progress))"; }
  done < <(exec 6>&- && cd "$folder" && send_together "$jobs" "${pending[@]}") # without the lock: curl may outlive us
  for i in "${pending[@]}"; do
    [[ $log_http == false ]] || log_transfer "$i"
    log_request "${reports[i]}"
    is_final "${reports[i]}" || again+=("$i")
  done
  pending=(${again[@]+"${again[@]}"})
  end_progress
}

is_final() { # REPORT  an answer, or a refusal of this very prompt
  case $1 in 2??' 0'* | 400' 0'* | 41[0-9]' 0'* | 422' 0'*) return 0 ;; *) return 1 ;; esac
}

write_settled() { # PART  what stands without a gap
  local from=$written statuses=() replies=() lines REPLY
  while ((written < ${pending[0]:-$count})); do
    statuses+=("${reports[written]%% *}") replies+=(--rawfile "reply$((written - from))" "$folder/$written.reply")
    ((written += 1))
  done
  ((written > from)) || return 0
  refuse_if_all_are "${statuses[*]}"
  lines=$(sed -n "$((from + 1)),${written}p" "$1" |
    transform --arg statuses "${statuses[*]}" "${replies[@]}" -- outcomes)
  escape_for 6 "${lines#*$'\n'}"
  printf '%s\n' "$REPLY" >&6 2>/dev/null ||
    die unexpected "The answers cannot be written: is the disk full?" \
      "Make room, and run the same command again to go on."
  ((refused += ${lines%%$'\n'*}, answered += written - from))
}

refuse_if_all_are() { # STATUSES  of the first answers of all: then it is not about the prompts
  [[ $answered == 0 && $1 != *[235]?? ]] && ((written == count)) || return 0
  take_up 0
  refuse
}

look_at_first() { # PART  of those to be asked again: wait, or end the command
  ((progress == 0)) || waited=0 attempt=1
  take_up "${pending[0]}"
  if [[ $status == 500 ]] && ((attempt >= stubborn && answered + progress > 0)); then
    reports[pending[0]]='500 0 ' pending=("${pending[@]:1}") # its error is its answer
    write_settled "$1"
  else
    settled || ((attempt += 1))
  fi
}

take_up() { # INDEX  sets what send sets
  read_report "${reports[$1]}"
  [[ $status == lost ]] || { REPLY=$(<"$folder/$1.reply") head=$(<"$folder/$1.head"); }
}
