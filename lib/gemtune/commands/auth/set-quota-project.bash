# Usage: gemtune auth set-quota-project PROJECT
# Summary: Set the project that Google libraries bill and count for your login
#
# It is written into the credentials file, where gcloud keeps it too, and stays there when you log in
# again. gemtune itself names the project of --project in each request. Whether you may use PROJECT
# (serviceusage.services.use) is not asked: the first request with it shows that.
#
# Example:
#   gemtune auth set-quota-project my-project

parse_arguments PROJECT "$@"
own_credentials_file
credentials=$REPLY
[[ $dry_run == false ]] || { note "Would write the project into $credentials." && exit; }
py_login set-quota-project -- "${operands[0]}"
