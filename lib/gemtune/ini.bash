# shellcheck shell=bash
# INI files as gcloud has them: [core], then lines such as project = my-project.

ini_section='' ini_key='' # of the line read last

parse_ini_line() { # LINE
  # sets ini_section at [SECTION], ini_key and REPLY at KEY = VALUE; fails for what is no such line
  local line=${1#$'\xef\xbb\xbf'}
  local pair='^[[:space:]]*([A-Za-z_]+)[[:space:]]*[=:][[:space:]]*((.*[^[:space:]])?)[[:space:]]*$'
  ini_key=''
  if [[ $line == \[*\]* ]]; then
    line=${line#\[}
    ini_section=${line%%\]*}
  elif [[ $line =~ $pair ]]; then
    ini_key=${BASH_REMATCH[1]} REPLY=${BASH_REMATCH[2]}
  else
    [[ $line == [\#\;]* || -z ${line//[[:space:]]/} ]]
  fi
}

read_ini() { # FILE KEY  in its section core; an empty value counts as unset
  local line
  ini_section=''
  [[ -f $1 && -r $1 ]] || return 1
  while IFS= read -r line || [[ $line ]]; do
    parse_ini_line "$line" && [[ $ini_section == core && $ini_key == "$2" && -n $REPLY ]] || continue
    ORIGIN=$1
    return
  done <"$1"
  return 1
}

check_ini() { # FILE KEYS  every line: a slip must not pass for a setting that is not there
  local file=$1 line number=0 seen=' '
  ini_section=''
  while IFS= read -r line || [[ $line ]]; do
    ((number += 1))
    parse_ini_line "$line" || broken_line "'${line:0:60}' is neither [core] nor PROPERTY = VALUE"
    [[ -z $ini_key || $ini_section == core ]] || broken_line "'$ini_key' stands outside of [core]"
    [[ -z $ini_key || " $2 " == *" $ini_key "* ]] || broken_line "there is no property '$ini_key'"
    [[ -z $ini_key || $seen != *" $ini_key "* ]] || broken_line "'$ini_key' is there a second time"
    seen+="$ini_key "
  done <"$file"
}

broken_line() { # WHY  of check_ini
  die usage "$file, line $number: ${1//[^[:print:]]/?}." "Mend that line, or empty the file: : >'$file'"
}

edit_ini() { # KEY [VALUE]  in the text in REPLY: sets it in the section core, or removes it; all other lines stay
  local rest=$REPLY line head='' tail=''
  ini_section=''
  while [[ -n $rest ]]; do
    line=${rest%%$'\n'*}
    rest=${rest#"$line"}
    rest=${rest#$'\n'} line=${line%$'\r'}
    line=${line#$'\xef\xbb\xbf'}
    parse_ini_line "$line" || true
    [[ $ini_section != core || $ini_key != "$1" ]] || continue
    tail+=$line$'\n'
    [[ -n $head || $ini_section != core ]] || { head=$tail && tail=''; }
  done
  if [[ -n ${2:-} ]]; then
    [[ -n $head ]] || { head=$tail$'[core]\n' && tail=''; }
    head+="$1 = $2"$'\n'
  fi
  REPLY=$head$tail
}
