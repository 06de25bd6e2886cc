# shellcheck shell=bash
# An executable gemtune-foo on PATH is `gemtune foo`, gemtune-foo-bar also `gemtune foo bar`; a built-in comes first.

find_plugin() { # WORD...  sets program, and plugin_words to how many words are its name
  local name=gemtune word found count=0
  program=''
  for word; do
    [[ $word =~ ^[a-z0-9][-a-z0-9_]*$ ]] || break
    name+=-$word
    ((count += 1))
    ! found=$(type -P "$name") || [[ ! -x $found ]] || { program=$found && plugin_words=$count; }
  done
  [[ -n $program ]]
}

run_plugin() { # WORD...  of find_plugin
  shift "$plugin_words"
  # shellcheck disable=SC2086,SC2163 # a word each
  [[ -z $callers_names ]] || export $callers_names
  export GEMTUNE_EXECUTABLE=$root/bin/gemtune
  exec "$program" "$@"
}

find_plugins() { # sets REPLY to a line for each: its words, a tab, and its file
  local folders=() folder file name seen=' '
  REPLY=''
  IFS=: read -r -a folders <<<"$PATH" || true
  for folder in ${folders[@]+"${folders[@]}"}; do
    for file in "${folder:-.}"/gemtune-*; do
      name=${file##*/gemtune-}
      [[ -f $file && -x $file && $seen != *" $name "* && $name =~ ^[a-z0-9][-a-z0-9_]*$ ]] || continue
      seen+="$name "
      is_built_in "$name" || REPLY+=$name$'\t'$file$'\n'
    done
  done
}

is_built_in() { # NAME  create, and auth-foo: what gemtune has itself is never looked for on PATH
  local word=$1
  while :; do
    [[ ! -e $lib/commands/$word && ! -e $lib/commands/$word.bash ]] || return 0
    [[ $word == *-* ]] || return 1
    word=${word%-*}
  done
}
