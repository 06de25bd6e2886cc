# shellcheck shell=bash
# What a refused request means: one sentence, the next step, the exit code.

read_error() { # sets error_message, error_status, error_reason, error_delay (milliseconds) from the body in REPLY
  local separator=$'\x1f'
  error_message='' error_status='' error_reason='' error_delay=''
  need jq
  IFS=$separator read -r -d '' error_status error_reason error_delay error_message < <(
    jq -r -f "$lib/refuse.jq" <<<"$REPLY" 2>/dev/null
  ) || true
  error_message=${error_message%$'\n'}
  [[ -n $error_message ]] || error_message=${reason:-"$base_url answered something that is not Google's error: $(first_words)"}
}

refuse() { # ends the command
  local code next=''
  read_error
  case $status:$error_reason in
    401:*) code=4 next="Log in again: $login_line" ;;
    403:ACCESS_TOKEN_SCOPE_INSUFFICIENT) code=5 next="Log in with the scopes of tuning: $login_line" ;;
    403:SERVICE_DISABLED)
      code=5 next="Name a project where the API is on (--project=PROJECT_ID); turn it on at"
      next+=" https://console.cloud.google.com/apis/library/generativelanguage.googleapis.com"
      ;;
    403:USER_PROJECT_DENIED | 403:CONSUMER_INVALID) code=5 next="Name another project: --project=PROJECT_ID" ;;
    403:*) code=5 next="Its owner can share it with you. Whose login is used: $login_line" ;;
    404:*) code=6 next="What there is: gemtune list, gemtune models list" ;;
    429:PER_DAY) code=75 next="This quota is per day: try again tomorrow, or with another --project." ;;
    408:* | 429:* | 5* | lost:*) code=75 next="Try again later; nothing is wrong with the command." ;;
    *) code=1 ;;
  esac
  die "$code" "$error_message ($status${error_status:+ $error_status})" "$next"
}

login_line='gemtune auth login --client-id-file=client_secret.json'
