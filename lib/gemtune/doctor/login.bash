# shellcheck shell=bash
# Whose login is used, how long it lasts, what it may do, and which project pays.

check_login() { # fails where there is none that works
  local kind account forecast scopes quota_project soon credentials
  examine login status_lines || return
  {
    read -r kind && read -r account && read -r forecast && read -r scopes && read -r quota_project && read -r soon
  } <<<"$REPLY" || true
  set -- login "$kind of $account. $forecast"
  find_refusal login-testing
  if [[ $soon == true ]]; then doubtful "$@" "$refusal_next"; else fine "$@"; fi
  check_scopes "$scopes"
  check_project_that_pays "$quota_project"
}

status_lines() { # of auth status
  credentials_file
  credentials=$REPLY
  REPLY=$(py_login status) || exit
  transform -- '.[0] | .kind, .account, .forecast, (.scopes // [] | join(" ") | . + " "),
    (.quotaProject // "" | . + " "),
    ((.loginEndTime // "" | fromdateiso8601? // infinite) - now < 172800)' <<<"$REPLY"
}

check_without_network() {
  examine login print_credentials_file || return 0
  fine login "There is one in $REPLY; whether it still works was not tried."
  check_project_that_pays '' || return 0
}

print_credentials_file() {
  credentials_file
  find_refusal logged-out
  [[ -f $REPLY ]] || die login_needed "You are not logged in: there is no $REPLY." "$refusal_next"
  ! command -v jq >/dev/null || [[ -n $(run_jq '' '.[0].type // ""' -s -r <"$REPLY") ]] ||
    die login_needed "There are no credentials in $REPLY." "$refusal_next"
  printf '%s\n' "$REPLY"
}

check_scopes() { # SCOPES  as Google knows them
  local tuning=https://www.googleapis.com/auth/generative-language.tuning
  find_refusal scope-missing
  if [[ -z $1 ]]; then
    doubtful scopes "Google did not say what the login may do." "Ask again: gemtune auth status"
  elif [[ " $1 " == *" $tuning "* ]]; then
    fine scopes "${1//https:\/\/www.googleapis.com\/auth\//}"
  elif [[ " $1 " == *"/auth/cloud-platform "* ]]; then
    doubtful scopes "The login has cloud-platform, but not the scope of tuning itself." "$refusal_next"
  else
    wrong "$refusal_code" scopes "$refusal_cause" "$refusal_next"
  fi
}

check_project_that_pays() { # THAT_OF_THE_CREDENTIALS
  examine quota-project with_origin required_project || return
  if [[ -n $1 && $1 != "${REPLY%% (*}" ]]; then
    doubtful quota-project "$REPLY pays for gemtune, and $1 for other programs with this login." \
      "Let it be one: gemtune auth set-quota-project ${REPLY%% (*}"
  else
    fine quota-project "$REPLY pays."
  fi
}
