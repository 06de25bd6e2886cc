# Errors that are pasted, piped or named: their cause, the next command and the page for it, offline.
load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  export HTTPS_PROXY=http://127.0.0.1:1
}

explains() { # ID TEXT
  exits 0 gemtune explain "$2"
  [[ $output == "$1: "* ]] || { printf '%s\nis not %s but\n%s\n' "$2" "$1" "$output" && return 1; }
}

@test "each id of the table is its own explanation" {
  while IFS= read -r id; do explains "$id" "$id"; done < <(cat "$root"/lib/gemtune/refusals.tsv "$root"/lib/gemtune/backends/*/refusals.tsv | grep -v '^[#@]' | cut -f 1)
}

@test "what the consent page, the token server, gcloud, curl, Python and Google's APIs say" {
  while IFS='|' read -r id text; do explains "$id" "$text"; done <<'END'
login-ended|{"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
login-ended|ERROR: (gcloud.auth.application-default.print-access-token) There was a problem refreshing your current auth tokens: ('invalid_grant: Bad Request', {'error': 'invalid_grant'})
clock-skew|google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes)', {})
reauthentication|Reauthentication failed. cannot prompt during non-interactive execution.
login-testing|Why does my refresh token expire after 7 days?
redirect-mismatch|Error 400: redirect_uri_mismatch
consent-denied|Access blocked: gemtune has not completed the Google verification process. Error 403: access_denied
org-internal|Error 403: org_internal
admin-policy|Error 400: admin_policy_enforced
client-refused|Error 401: invalid_client The OAuth client was not found.
client-not-allowed|unauthorized_client: Unauthorized
embedded-browser|Error 403: disallowed_useragent
app-blocked|This app is blocked
app-unverified|Google hasn’t verified this app
scope-refused|Error 400: invalid_scope
logged-out|Your default credentials were not found. To set up Application Default Credentials, see ...
certificate-untrusted|curl: (60) SSL certificate problem: unable to get local issuer certificate
certificate-untrusted|ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed
host-unknown|curl: (6) Could not resolve host: generativelanguage.googleapis.com
connection-refused|curl: (7) Failed to connect to 127.0.0.1 port 1
connection-slow|curl: (28) Connection timed out after 30001 milliseconds
tls-broken|curl: (35) OpenSSL/3.0: error:0A00010B:SSL routines::wrong version number
proxy-login|curl: (56) CONNECT tunnel failed, response 407
not-found|curl: (22) The requested URL returned error: 404
token-refused|ERROR: (gemtune.list) Request had invalid authentication credentials. (401 UNAUTHENTICATED)
rate-limited|google.api_core.exceptions.ResourceExhausted: 429 RESOURCE_EXHAUSTED
project-denied|USER_PROJECT_DENIED
forbidden|PERMISSION_DENIED
rate-limited|google.api_core.exceptions.ResourceExhausted: 429 Resource has been exhausted (e.g. check quota).
not-found|google.api_core.exceptions.NotFound: 404 models/numbers is not found for API version v1beta
not-found|[GoogleGenerativeAI Error]: Error fetching from https://...: [404 Not Found] models/numbers is not found
tuning-withdrawn|404 models/gemini-1.5-flash-001-tuning is not found, or is not supported for createTunedModel.
login-missing|401 API keys are not supported by this API. Expected OAuth2 access token or other credentials
quota-per-day|Quota exceeded for quota metric 'Generate Content API requests' and limit 'GenerateContent request limit per day'
scope-missing|Warning: Scope has changed from "openid https://www.googleapis.com/auth/x" to "openid".
code-stale|oauthlib.oauth2.rfc6749.errors.MismatchingStateError: (mismatching_state) CSRF Warning! State not equal.
client-refused|ValueError: Client secrets must be for a web or installed app.
service-trouble|504 Deadline Exceeded
END
}

@test "Google's JSON, alone and among other output; the page that it names" {
  url='https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project=1'
  jq -n --arg url "$url" '{error: {code: 403, status: "PERMISSION_DENIED", message: "No.", details: [
    {"@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "SERVICE_DISABLED"},
    {"@type": "type.googleapis.com/google.rpc.Help", links: [{$url}]}]}}' >error.json
  explains api-off "$(<error.json)"
  prints "$url"
  explains api-off "HTTP/2 403"$'\r\n\r\n'"$(<error.json)"
  explains api-off "[$(<error.json)]"
  explains api-off "API has not been used in project 1. Enable it by visiting $url then retry."
  prints "$url"
  explains api-off "API off: it is disabled: ($url)."
  equals "  $url" "${lines[2]}"
  explains api-off "API off: it is disabled: $url"$'\e[31m\u202e'
  equals "  $url" "${lines[2]}"
  explains api-off 'API off: it is disabled: https://console.example.com/'
  prints https://console.cloud.google.com/apis/library/
  exits 0 gemtune explain <error.json
  prints 'api-off: '
  exits 0 gemtune explain - <error.json
  prints 'Turn it on'
}

@test "what gemtune prints itself can be pasted back" {
  gemtune list --base-url=https://127.0.0.1:1 --project=p 2>error.txt || true
  explains logged-out "$(<error.txt)"
  gemtune list 2>error.txt || true
  explains quota-project-missing "$(<error.txt)"
}

@test "--format=json, and an id that stays" {
  exits 0 gemtune explain --format=json api-off
  equals 'api-off 5 https://console.cloud.google.com/apis/library/generativelanguage.googleapis.com' \
    "$(jq -r '"\(.id) \(.exitCode) \(.page)"' <<<"$output")"
}

@test "what it does not know it does not guess" {
  for text in 'hello world' '5 apples' '{"foo": 1}' '[' 'no-such-id' 'Error: something'; do
    exits 6 gemtune explain "$text"
    says 'gemtune does not know this error.'
    equals '' "$output"
  done
  head -c 30000 /dev/urandom >noise
  exits 6 gemtune explain <noise
  exits 2 gemtune explain </dev/null
  says 'There is no text to explain.'
}

@test "on a terminal it lists all there are" {
  run script -qec 'gemtune explain' /dev/null
  [[ $output == *login-ended*api-off* ]]
}
