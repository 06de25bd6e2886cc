# shellcheck shell=bash
# What the caller's environment has for other programs, and may not change here: how bash reads the files that follow,
# what the name of a tool means, and which variables a child is handed.

set +afkmCEPT -Bh +o posix # SHELLOPTS; with allexport every child would be handed the token
unset CDPATH GLOBIGNORE TMOUT BASH_COMPAT FUNCNEST EXECIGNORE POSIXLY_CORRECT GREP_OPTIONS

if compgen -A function >/dev/null 2>&1; then # of the caller's: curl is a program here
  for name in $(compgen -A function); do unset -f "$name"; done
fi

case :${BASHOPTS:-}: in
  *:no* | *:null* | *:fail* | *:dot* | *:ext[dg]* | *:xpg* | *:last* | *:inh* | *:loc* | *:compat* | *:exec*)
    for name in nocaseglob nocasematch no_empty_cmd_completion nullglob failglob dotglob extdebug extglob xpg_echo \
      lastpipe inherit_errexit localvar_inherit localvar_unset execfail \
      compat31 compat32 compat40 compat41 compat42 compat43 compat44; do
      shopt -u "$name" 2>/dev/null || true # not every bash has each
    done
    ;;
esac

# a variable of gemtune's own is in small letters, and what it holds is no child's affair: not even where the caller has
# exported one of that name
callers_names=''
if compgen -A export -X '[^[:lower:]]*' >/dev/null 2>&1; then
  for name in $(compgen -A export -X '[^[:lower:]]*'); do
    [[ $name == *_proxy ]] || { callers_names+=" $name" && export -n "${name?}"; }
  done
fi

known_locale() { # where it is UTF-8, that shows without a fork
  local letter=é words=''
  ((${#letter} > 1)) || return 0
  # shellcheck disable=SC2269 # bash says whether it is there
  [[ $LC_ALL == C || $LC_ALL == POSIX ]] || words=$({ LC_ALL=$LC_ALL; } 2>&1)
  [[ -z $words ]]
}
# of one that is not there bash would complain whenever a function has had another one
[[ -z ${LC_ALL:-} ]] || known_locale || LC_ALL=C
