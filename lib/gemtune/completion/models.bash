# shellcheck shell=bash
# Names of models, from a cache that is never waited for: where it is older than a minute, it is read as it is, and
# made anew in the background for the next time. Each service, emulator and project has its own.

offer_models_of_command() {
  case $command_words in
    ' models '*) offer_models models list ;;
    *) offer_models list ;;
  esac
}

offer_models() { # WORDS_OF_THE_COMMAND_THAT_LISTS_THEM...
  local cache tried=0 made=0 now
  models_cache "$@"
  cache=$REPLY now=${EPOCHSECONDS:-$(date +%s)}
  if [[ -O $cache && ! -L $cache ]]; then
    read -r tried made <"$cache" || true
    current=$current prefix=$prefix LC_ALL=C awk -F '\t' -f "$lib/completion/models.awk" "$cache"
  fi
  credentials_file # without a login there is nobody to ask for
  if [[ -e $REPLY && (! $tried =~ ^[0-9]{1,12}$ || $((now - tried)) -ge 60 || $tried -gt $now) ]]; then
    refresh_models "$@" </dev/null >/dev/null 2>&1 3>&1 &
  fi
}

models_cache() { # WORDS_OF_THE_COMMAND...  sets REPLY to the file
  local file
  setting project
  file=${REPLY//[^a-z0-9.:-]/}
  setting base_url
  file=${REPLY//\//%}@$file
  cache_folder
  REPLY=$REPLY/completion/${file:0:150}/$1${2:+-$2}${3:-}
}

refresh_models() ( # WORDS_OF_THE_COMMAND...  in the background; the old names stay until there are new ones
  umask 077
  mkdir -p "${cache%/*}"
  names=''
  [[ ! -O $cache ]] || names=$(sed 1d "$cache")
  replace_cache "$now ${made:-0}" "$names"
  names=$("$root/bin/gemtune" "$@" ${scope[@]+"${scope[@]}"} --quiet --format='value(name,displayName)')
  replace_cache "$now $now" "$names"
)

replace_cache() { # FIRST_LINE NAMES
  local new=$cache.${BASHPID:-$RANDOM}
  printf '%s\n%s\n' "$1" "$2" >"$new" && mv -f "$new" "$cache"
}
