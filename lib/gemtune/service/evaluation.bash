# shellcheck shell=bash
# What evaluate does with each model, and what it prints in the end.

judged=() unanswered=0 # arguments of Python's judge; how many prompts have no answer

evaluate_model() { # NAME JOBS
  local file=$folder/answers.${#judged[@]}
  answered=0 refused=0
  find_model "$1"
  exec 6>"$file"
  answer_all "$model" "$2"
  judged+=(--model "$model" --answers "$file") unanswered=$((unanswered + refused))
}

show_evaluation() { # FILE  the rows, or all of it
  local keys=input,output,expected,match${flag_compare_with:+,compareOutput,compareMatch}
  ((unanswered == 0)) || keys+=,error${flag_compare_with:+,compareError}
  case ${format_kind:-table} in
    json | yaml) show json '.[0]' '' ;;
    table) show table '.[0].cases | shortened' "$keys" ;;
    *) show csv '.[0].cases' "$keys" ;;
  esac <"$1"
}

conclude() { # FILE  in sentences, below the table or beside other formats; ends the command when too little is right
  if [[ ${format_kind:-table} == table ]]; then
    printf '\n'
    py evaluation conclude <"$1"
  else
    py evaluation conclude <"$1" >&2
  fi
}
