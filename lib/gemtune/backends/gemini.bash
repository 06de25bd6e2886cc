# shellcheck shell=bash
# The Gemini API's tuning service: where things live and how requests are signed.
# A backend defines these functions, and in its folder the .jq of its JSON; each function answers in REPLY.

backend_base_url=https://generativelanguage.googleapis.com

backend_headers() { # sets headers: beside the token, the project that pays
  required_project
  headers=("x-goog-user-project: $REPLY")
}

backend_models() {
  REPLY=/v1beta/models
}

backend_tuned_models() {
  REPLY=/v1beta/tunedModels
}

backend_has_name() { # TEXT  x, tunedModels/x, models/x or an operation's name, as Google writes it; else it fails
  case $1 in
    tunedModels/* | models/*) REPLY=$1 ;;
    *) REPLY=tunedModels/$1 ;;
  esac
  [[ $REPLY =~ ^(models/[a-z0-9.-]+|tunedModels/[a-z0-9-]+(/operations/[a-z0-9]+)?)$ && $REPLY != */.* ]]
}

backend_permission() { # NAME  as the service names it
  [[ $1 =~ ^tunedModels/[a-z0-9-]+/permissions/[A-Za-z0-9_-]+$ ]] || die 1 "The service names a permission '$1'."
  REPLY=/v1beta/$1
}

backend_own() { # for a query: the models of the one who asks
  REPLY=owner%3Ame
}

backend_name() { # NAME
  backend_has_name "$1" || usage_error "'$1' is not the name of a model."
}

backend_model() { # NAME
  backend_name "$1"
  REPLY=/v1beta/${REPLY%%/operations/*}
}

backend_operation() { # NAME  operations stand under /v1, as in Google's own example
  backend_name "$1"
  REPLY=/v1/$REPLY
}
