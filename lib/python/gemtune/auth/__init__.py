"""OAuth for gemtune: log in, keep the credentials file, hand out access tokens.

The entry points are `login.login`, `login.remote_bootstrap` and `token.print_access_token`.
google-auth is imported inside the functions that need it, because importing it takes longer than
everything else a command does.
"""
