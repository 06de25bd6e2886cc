# shellcheck shell=bash
# The project, which init asks for last: the client file knows a likely one.

choose_project() { # into the configuration, unless the environment says it
  setting project
  case $ORIGIN in
    --project) remember project "$REPLY" ;;
    [A-Z]*_PROJECT) note "The project that pays is [$REPLY], as $ORIGIN says." ;;
    *) ! asking || ask_project ;;
  esac
}

ask_project() {
  from_configuration project || from_client_file || from_gcloud project || from_default ''
  set -- "$REPLY"
  note ''
  until ask 'Id of the project that pays' "$1" && (ORIGIN=core/project && check_project); do :; done
  remember project "$REPLY"
}

from_client_file() {
  [[ -n $flag_client_id_file ]] || known_client_id_file
  REPLY=$(run_jq '' '.installed.project_id // empty' -r 2>/dev/null <"${flag_client_id_file:-$REPLY}") &&
    [[ -n $REPLY ]]
}
