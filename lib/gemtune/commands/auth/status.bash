# Usage: gemtune auth status [--min-valid=DURATION]
# Summary: Show which login is used, what it may do, and how long it will last
#
# The login is tried: a new access token is bought with it, and Google is asked what that may do. While
# an app is in Testing, Google ends each of its logins after seven days; where Google did not say
# whether it is, the worst is assumed until the login has lived for longer. Exits 4 when there is no
# login or it is dead, 75 when Google cannot be reached. With --quiet nothing goes to stdout.
#
#   --min-valid=DURATION   exit 4 as well if the login may end sooner: 90m, 48h, 3d; warn on stderr from a
#                          day before that, with --quiet too
#
# Examples:
#   gemtune auth status --format='value(account)'
#   0 9 * * *  gemtune auth status --min-valid=48h --quiet   # in cron, which mails what is said

parse_arguments '' "$@"
[[ -z $flag_min_valid ]] || { check_duration --min-valid "$flag_min_valid" && flag_min_valid=$REPLY; }
credentials_file
credentials=$REPLY code=0

began
report=$(py_login status --began "$REPLY" ${flag_min_valid:+--min-valid "$flag_min_valid"}) || code=$?
[[ $quiet == true || -z $report ]] || show yaml '.[0]' credentials,kind,account,state,loginEndTime <<<"$report"
return "$code"
