# shellcheck shell=bash
# Who may use a tuned model: https://ai.google.dev/api/tuning/permissions

libraries+=' backends/gemini/sharing'
permission_keys=role,granteeType,emailAddress,name # that `share list` prints in a table

read_permissions() { # VAR MODEL [OPTION_OF_REQUEST]  every page; sets model
  on_model "$1" read_permissions_of "$2" "${@:3}"
  [[ ${!1} == *"$backend_page_mark"* ]] || return 0
  permissions_url REPLY "$model"
  REPLY=$(print_pages "$REPLY" "${@:3}") || exit
  printf -v "$1" %s "$REPLY"
}

read_permissions_of() { # VAR NAME [OPTION_OF_REQUEST]  the first page, as a deed of on_model
  permissions_url REPLY "$2"
  request "$1" GET "$REPLY" --handle=404 "${@:3}"
  [[ $status != 404 ]]
}

permissions_url() { # VAR NAME
  printf -v "$1" %s "$base_url/v1beta/$2/permissions?pageSize=1000"
}

permission_url() { # VAR NAME_OF_A_PERMISSION
  [[ $2 =~ ^tunedModels/[a-z0-9-]+/permissions/[A-Za-z0-9_-]+$ ]] ||
    die unexpected "The service names a permission '$2'."
  printf -v "$1" %s "$base_url/v1beta/$2"
}

find_permission() { # MODEL GRANTEE  sets model, and permission and current_role, '' if it is not shared with them
  local pages line
  read_permissions pages "$1" --look
  line=$(transform --arg grantee "$2" -- 'permission_of | visible' <<<"$pages")
  IFS=$'\t' read -r permission current_role <<<"$line"
}

share_with() { # MODEL GRANTEE ROLE TYPE  ends well also when it is done already
  local body url
  body=$(transform --raw-input --arg type "$4" --arg email "$2" --arg role "$3" -- permission_request <<<'')
  [[ $dry_run == false ]] || on_model REPLY post_permission "$1" "$body"
  find_permission "$1" "$2"
  case $permission:$current_role in
    :*)
      create_permission "$2" "$body"
      note "Created [$permission]: $2 has the role $3."
      ;;
    *:"$3") note "$2 has the role $3 of [$model] already." ;;
    *)
      body=$(transform --raw-input --arg role "$3" -- permission_request <<<'')
      permission_url url "$permission"
      request REPLY PATCH "$url?updateMask=role" --body="$body"
      note "Updated [$permission]: $2 has the role $3 now, and had $current_role."
      ;;
  esac
}

post_permission() { # VAR NAME BODY  as a deed of on_model
  request "$1" POST "$base_url/v1beta/$2/permissions" --body="$3" --handle='404 409'
  [[ $status != 404 ]]
}

create_permission() { # GRANTEE BODY
  # sets permission; there at the second attempt: only the answer of the first was lost
  local created
  post_permission created "$model" "$2" || refuse
  if [[ $status == 409 ]]; then
    ((attempt > 1)) || refuse
    find_permission "$model" "$1"
  else
    permission=$(transform -- '.[0].name | visible' <<<"$created")
  fi
}

remove_permission() { # gone at the second attempt: the first one arrived, and only its answer was lost
  local url
  permission_url url "$permission"
  request REPLY DELETE "$url" --handle=404
  [[ $status != 404 ]] || ((attempt > 1)) || refuse
}

transfer_to() { # EMAIL  refused at the second attempt: the first one arrived, and only its answer was lost
  local body refusal
  body=$(transform --raw-input --arg email "$1" -- transfer_request <<<'')
  request refusal POST "$base_url/v1beta/$model:transferOwnership" --body="$body" --handle=403
  [[ $status == 403 ]] || return 0
  ((attempt > 1)) || refuse
  find_permission "$model" "$1"
  [[ $current_role == owner ]] || { REPLY=$refusal status=403 && refuse; }
}
