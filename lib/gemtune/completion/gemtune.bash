# shellcheck shell=bash
# Completion of gemtune in bash, from 3.2 on. Load it with: eval "$(gemtune completion bash)"

_gemtune() {
  local words=() count=0 line candidate current start
  _gemtune_words
  current=${words[count - 1]}
  start=${current%"${current##*[=:]}"} # readline puts what comes behind it only
  COMPREPLY=()
  while IFS= read -r line; do
    candidate=${line%%$'\t'*}
    case $candidate in
      :file) _gemtune_files default -f ;;
      :directory) _gemtune_files dirnames -d ;;
      *=) COMPREPLY+=("${candidate#"$start"}") ;;
      ?*) COMPREPLY+=("${candidate#"$start"} ") ;;
    esac
  done < <("${1/#\~/$HOME}" completion answer -- "${words[@]}" 2>/dev/null)
}

_gemtune_words() { # bash has broken words at = and :, gemtune takes them whole
  local word i
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((count > 0)) && [[ $word == [=:]* || ${words[count - 1]} == *[=:] ]] &&
      [[ $COMP_LINE == *"${words[count - 1]}$word"* ]]; then
      words[count - 1]+=$word
    else
      words[count]=$word
      ((count += 1))
    fi
  done
}

_gemtune_files() { # OPTION_OF_COMPOPT ACTION_OF_COMPGEN  readline does it best, where it can be asked
  local file
  ! compopt +o nospace -o "$1" 2>/dev/null || return 0
  while IFS= read -r file; do
    if [[ -d $file ]]; then file=$file/; fi
    printf -v file %q "$file"
    [[ $file == */ ]] || file+=' '
    COMPREPLY+=("$file")
  done < <(compgen "$2" -- "${current#"$start"}")
}

complete -o nospace -F _gemtune gemtune
