# Usage: gemtune auth revoke
# Summary: Log out: revoke the login at Google, and remove it from this machine
#
# Removes the credentials file, which gcloud and Google's libraries use too, and the cached tokens,
# also when the login has ended already. Only without an answer from Google does it all stay.
#
# Example:
#   gemtune auth revoke --quiet

parse_arguments '' "$@"
own_credentials_file
credentials=$REPLY
[[ -e $credentials || -L $credentials ]] || die nothing_to_do "There is no login to revoke: there is no $credentials."
confirm "The login in [$credentials] will be revoked, and the file removed."
[[ $dry_run == false ]] || { note "Would revoke it; nothing was sent." && exit; }
py_login revoke
