# shellcheck shell=bash
# Who may use a tuned model.

read_permissions() { # MODEL  sets REPLY to every page, and model
  on_model GET "$1" '/permissions?pageSize=1000'
  [[ $REPLY == *'"nextPageToken"'* ]] || return 0
  backend_model "$model"
  REPLY=$(print_pages "$REPLY/permissions?pageSize=1000") || exit
}

find_permission() { # MODEL GRANTEE  sets model, and permission and current_role, '' if it is not shared with them
  local dry_run=false line
  read_permissions "$1"
  line=$(transform --arg grantee "$2" -- 'permission_of | visible' <<<"$REPLY")
  IFS=$'\t' read -r permission current_role <<<"$line"
}

share_with() { # MODEL GRANTEE ROLE BODY  ends well also when it is done already
  local body
  if [[ $dry_run == true ]]; then on_model POST "$1" /permissions "$4"; fi
  find_permission "$1" "$2"
  case $permission:$current_role in
    :*)
      create_permission "$2" "$4"
      note "Created [$permission]: $2 has the role $3."
      ;;
    *:"$3") note "$2 has the role $3 of [$model] already." ;;
    *)
      body=$(transform --raw-input --arg role "$3" -- permission_request <<<'')
      backend_permission "$permission"
      request PATCH "$REPLY?updateMask=role" "$body"
      note "Updated [$permission]: $2 has the role $3 now, and had $current_role."
      ;;
  esac
}

create_permission() { # GRANTEE BODY  sets permission; there at the second attempt: only the answer of the first was lost
  backend_model "$model"
  request POST "$REPLY/permissions" "$2" 409
  if [[ $status == 409 ]]; then
    ((attempt > 1)) || refuse
    find_permission "$model" "$1"
  else
    permission=$(transform -- 'resource.name | visible' <<<"$REPLY")
  fi
}

expect_owner() { # MODEL EMAIL  refused at the second attempt: the first one arrived, and only its answer was lost
  local refusal=$REPLY
  ((attempt > 1)) || refuse
  find_permission "$1" "$2"
  [[ $current_role == owner ]] || { REPLY=$refusal status=403 && refuse; }
}

check_email() { # EMAIL
  [[ $1 =~ ^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$ ]] || usage_error "'$1' is not an email address."
}
