# Usage: gemtune config set PROPERTY VALUE
# Summary: Set a property in the active configuration
#
# The properties; each is overridden by the environment, and that by a flag:
#   project          the id of the Google Cloud project that pays
#   backend          the service that tunes: gemini
#   base_url         where that service answers: https, or a port of this machine
#   ca_file          the certificates to trust (PEM), for networks that look into TLS
#   client_id_file   the client_secret.json that auth login takes, and init offers
#   retry_max_time   how many seconds a request may wait in all to be tried again (120)
#
# core/project is the same as project. Every value is checked before it is written.
#
# Examples:
#   gemtune config set project my-project
#   gemtune config set project other-project --configuration=work

parse_arguments 'PROPERTY VALUE' "$@"
read_property "${operands[0]}"
check_property "$property" "${operands[1]}"
value=$REPLY
write_property "$property" "$value"
note "Updated property [core/$property]."
setting "$property"
[[ $REPLY == "$value" ]] || note "WARNING: Property [core/$property] is overridden: $ORIGIN says '$REPLY'."
