# shellcheck shell=bash
# A command is a file found by its words; the comment that opens the file is its manual, and everything
# that helps reads it from here.

command_words='' # each with a blank before it: " auth login"

descend() { # WORD  from a folder of commands into the next one, or to a command
  [[ $1 =~ ^[a-z][-a-z]*$ && (-d $command_file/$1 || -f $command_file/$1.bash) ]] || return 1
  command_file=$command_file/$1 command_words+=" $1" taken=1
}

commands_below() { # FOLDER  prints a line for each: auth/login
  (cd "$lib/commands" && find ".${1#"$lib/commands"}" -name '*.bash') | LC_ALL=C sort | sed 's|^\./||; s|\.bash$||'
}

read_manual() { # FILE  sets manual_lines
  local line
  manual_lines=()
  while IFS= read -r line && [[ $line == '#'* ]]; do
    [[ $line == '# shellcheck'* ]] && continue
    line=${line#\#}
    manual_lines+=("${line# }")
  done <"$1"
}

summary_of() { # COMMAND_FILE_WITHOUT_SUFFIX  sets REPLY
  local line
  REPLY=''
  read_manual "$1.bash"
  for line in "${manual_lines[@]}"; do
    [[ $line != Summary:* ]] || REPLY=${line#Summary: }
  done
}

usage_of() { # COMMAND_FILE_WITHOUT_SUFFIX  sets REPLY to its usage and where there is more
  local line
  [[ -f $1.bash ]] || { REPLY="The commands: gemtune help$command_words" && return; }
  read_manual "$1.bash"
  REPLY=''
  for line in "${manual_lines[@]}"; do
    [[ $line != Summary:* ]] || break
    REPLY+=$line$'\n'
  done
  REPLY+="More: gemtune$command_words --help"
}

load_help() { # LAYOUT...  from the folder help: only who asks for help waits for it
  local name
  for name in walk sections page "$@"; do
    # shellcheck source=/dev/null
    source "$lib/help/$name.bash"
  done
  look_at_window
}

print_help() { # -h|--help  of command_file, or of the folder it is in
  if [[ $1 == --help ]]; then
    print_page "$command_file"
  elif [[ -f $command_file.bash ]]; then
    load_help short && print_short "$command_file"
  else
    print_overview "$command_file"
  fi
}

print_page() { # COMMAND_FILE_WITHOUT_SUFFIX|FOLDER|TOPIC_FILE
  load_help
  through_pager lay_out "$1"
}

print_overview() { # FOLDER  one line for each command below it
  load_help overview
  overview "$1"
}

topic_file() { # NAME  sets REPLY; a folder of commands has its topic in its own page
  REPLY=$lib/topics/$1.txt
  [[ $1 =~ ^[a-z][-a-z]*$ && -f $REPLY && ! -d $lib/commands/$1 ]]
}

topic_names() { # sets REPLY to them, a blank between
  local file names=''
  for file in "$lib"/topics/*.txt; do
    file=${file##*/}
    names+=" ${file%.txt}"
  done
  REPLY=${names# }
}
