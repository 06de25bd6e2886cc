# shellcheck shell=bash
# Flags of every command:
#
#   --project=PROJECT_ID    the Google Cloud project that pays (default: $GEMTUNE_PROJECT,
#                           $CLOUDSDK_CORE_PROJECT, $GOOGLE_CLOUD_PROJECT, gemtune's
#                           configuration, gcloud's configuration)
#   --backend=NAME          the service that tunes: gemini (default: $GEMTUNE_BACKEND)
#   --base-url=URL          where that service answers (default: $GEMTUNE_EMULATOR_HOST,
#                           $GEMTUNE_BASE_URL, https://generativelanguage.googleapis.com)
#   --ca-file=FILE          the certificates to trust, in PEM form (default: $CURL_CA_BUNDLE ..., the system's)
#   --configuration=NAME    whose settings to use (default: $GEMTUNE_ACTIVE_CONFIG_NAME, the active one)
#   --format=FORMAT         table, json, yaml, csv or value, with keys if you like:
#                           'value(name,tuningTask.hyperparameters.epochCount)'
#   -q, --quiet             answer every question with yes
#   --verbosity=LEVEL       debug says where requests go; the others change nothing (default: warning)
#   --dry-run               print the request as a curl line to paste, and send nothing
#   --log-http              show what goes over the wire on stderr, without secrets
#   --log-file=FILE         write a line of JSON for each request, note and error to FILE, without secrets (default:
#                           $GEMTUNE_LOG_FILE); more: gemtune help cron
#   --retry-max-time=SECONDS   how long a request that may be tried again waits in all for that; 0: try once
#                           (default: $GEMTUNE_RETRY_MAX_TIME, the property retry_max_time, 120)
#   -h, --help              this page; -h in short

flag_project='' flag_backend='' flag_base_url='' flag_ca_file='' flag_configuration='' flag_format=''
flag_retry_max_time='' flag_log_file=''
verbosity=warning quiet=false dry_run=false log_http=false

common_flag() { # FLAG [VALUE]  sets taken; 1 if it is not one of them
  taken=1
  case $1 in
    --project) value flag_project "$@" ;;
    --backend) value flag_backend "$@" ;;
    --base-url) value flag_base_url "$@" ;;
    --ca-file) value flag_ca_file "$@" ;;
    --configuration) value flag_configuration "$@" ;;
    --format) value flag_format "$@" && check_format "$flag_format" ;;
    -q | --quiet) quiet=true ;;
    --verbosity) value verbosity "$@" && check_verbosity ;;
    --dry-run) dry_run=true ;;
    --log-http) log_http=true ;;
    --log-file) value flag_log_file "$@" ;;
    --retry-max-time) value flag_retry_max_time "$@" && check_value "$1" SECONDS "$2" ;;
    -h | --help) print_help "$1" && exit ;;
    *) return 1 ;;
  esac
}
