# Usage: eval "$(gemtune env)"
# Summary: Print access_token, project_id and base_url as the tutorials export them
#
# Where each value comes from is said on stderr; --quiet leaves that out.

parse_arguments '' "$@"
explain() { # NAME
  [[ $quiet == true ]] || note "$1: $ORIGIN"
}

required_project
explain project_id
project_id=$REPLY
load_backend
service_url base_url api
explain base_url
credentials_file
ORIGIN=$REPLY
explain access_token
access_token
printf 'export %s\n' "access_token=$REPLY" "project_id=$project_id" "base_url=$base_url"
