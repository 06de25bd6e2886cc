# Usage: gemtune auth print-access-token [--min-ttl=DURATION] [--scopes=SCOPE,...]
#            [--format=token|header|json|curl-config] [--impersonate-service-account=EMAIL]
# Summary: Print an access token that is good for another minute at least
#
# The token is kept in a cache of your own (mode 0600) and renewed when it runs out, once however many
# ask for it. It comes from the file in $GOOGLE_APPLICATION_CREDENTIALS, else from your login, else from
# the metadata server of a machine of Google's. The file may be of any kind that Google's libraries
# read: a login, the key of a service account, workload identity federation, impersonation.
#
#   --min-ttl=DURATION   how long it must be good: 90, 10m, 1h (default: 60); a new token lives an hour
#   --scopes=SCOPE,...   what it may be used for (default: all that a login allows; for other kinds
#                        cloud-platform,generative-language.tuning)
#   --impersonate-service-account=EMAIL   a token of this account, which your own may impersonate;
#                        in EMAIL,EMAIL each impersonates the next one
#   --format=token|header|json|curl-config   header is for curl -H @-, curl-config for curl --config -; json
#                        has expires_at, in seconds since 1970 (default: token)
#
# Examples:
#   export access_token=$(gemtune auth print-access-token)
#   gemtune auth print-access-token --format=curl-config | curl --config - https://...

parse_arguments '' "$@"
check_duration --min-ttl "${flag_min_ttl:-60}"
token_min_ttl=$REPLY token_scopes=${flag_scopes//[\"\']/} token_account=$flag_impersonate_service_account
scope_list='^[A-Za-z0-9._:/, -]*$' accounts='^([^@,"\[:space:][:cntrl:]]+@[A-Za-z0-9.-]+(,|$))*$'
[[ $token_scopes =~ $scope_list ]] || usage_error "Invalid value for [--scopes]: '$token_scopes'."
[[ $token_account =~ $accounts ]] ||
  usage_error "Invalid value for [--impersonate-service-account]: '$token_account' is not the email of an account."

print_access_token() {
  access_token
  case ${flag_format:-token} in
    token) printf '%s\n' "$REPLY" ;;
    header) printf 'Authorization: Bearer %s\n' "$REPLY" ;;
    curl-config) printf 'header = "Authorization: Bearer %s"\n' "$REPLY" ;;
    json) printf '%s\n' "$token_line" ;;
  esac
}
if has_fresh_token; then print_access_token; else run_beside print_access_token; fi
