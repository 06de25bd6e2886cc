# shellcheck shell=bash
# What the flags of `create` ask for, checked before anything is sent.

check_create_flags() { # sets default_name
  local file=${flag_training_data:-$flag_body}
  [[ -n $file ]] || usage_error "--training-data is missing."
  [[ -n $flag_base_model || -n $flag_body ]] || usage_error "--base-model is missing."
  [[ -z $flag_learning_rate || -z $flag_learning_rate_multiplier ]] ||
    usage_error "--learning-rate and --learning-rate-multiplier exclude each other."
  [[ $flag_training_data != - || $flag_body != - ]] || usage_error "--training-data and --body cannot both be stdin."
  [[ -n $flag_wait || -z $flag_interval$flag_timeout ]] || usage_error "--interval and --timeout go with --wait."
  [[ -z $flag_base_model ]] || ! canonical_name "$flag_base_model" base || flag_base_model=$model
  [[ -z $flag_output_file ]] || expect_writable "$flag_output_file"
  default_name=${file%%[?#]*} && default_name=${default_name##*/} && default_name=${default_name%.*}
  [[ $default_name != - ]] || default_name=examples # of stdin
}

read_examples() { # BODY TRAINING_DATA INPUT_KEY OUTPUT_KEY  prints the request, and then the list of examples
  local keys=()
  [[ -z $1 ]] || py create-body ${2:+--without-examples} -- "$1" || return
  [[ -z $3 ]] || keys+=("--input-key=$3")
  [[ -z $4 ]] || keys+=("--output-key=$4")
  [[ -z $2 ]] || py dataset examples ${keys[@]+"${keys[@]}"} -- "$2"
}

write_create_body() { # DATA BODY  files; sets base_model, display_name and id to those that are sent
  {
    IFS=$'\t' read -r base_model display_name
    cat >"$2" 2>/dev/null || die unexpected "There is no room in ${TMPDIR:-/tmp}." "Name another: export TMPDIR=FOLDER"
  } < <(transform --arg default_name "$default_name" "${arguments[@]}" -- \
    'create_body | (create_summary | map(tostring | gsub("[\t\n]"; " ") | visible) | join("\t")), .' <"$1") || exit
  [[ $base_model != - ]] || usage_error "--base-model is missing, and the body names none."
  check_display_name "$display_name"
  [[ -n $id ]] || { make_id "$display_name" && id=$REPLY; }
  [[ $id =~ ^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$ ]] ||
    usage_error "Invalid value for [--id]: '$id' is not at most 40 of a-z, 0-9 and -, starting with a letter."
}
