# shellcheck shell=bash
# The same manuals for man(1).

code_is_open='' paragraph=''

lay_heading() { # TEXT
  close_code
  printf '.SH "%s"\n' "$1"
  paragraph='' # a heading begins one
}

lay_name() { # WORDS SUMMARY  as whatis(1) wants it
  escape "${1// /-}"
  printf '%s \\- ' "$REPLY"
  escape "$2"
  printf '%s\n' "$REPLY"
}

lay_usage() { # TEXT
  escape "$1"
  printf '%s%s\n' "$paragraph" "$REPLY"
  paragraph=$'.PP\n'
}

lay_text() { # TEXT
  close_code
  lay_usage "$1"
}

lay_item() { # TERM TEXT
  close_code
  escape "$1"
  printf '.TP\n\\fB%s\\fR\n' "$REPLY"
  escape "$2"
  printf '%s\n' "$REPLY"
  paragraph=$'.PP\n'
}

lay_code() { # LINE
  [[ -n $code_is_open ]] || printf '%s.RS 4\n.nf\n' "$paragraph"
  code_is_open=true paragraph=$'.PP\n'
  escape "$1"
  printf '%s\n' "$REPLY"
}

lay_end() { close_code; }

close_code() {
  [[ -z $code_is_open ]] || printf '.fi\n.RE\n'
  code_is_open=''
}

escape() { # TEXT  sets REPLY: nothing in it means anything to roff, and what is between backquotes is bold
  local slash='\e' minus='\-' quote='\(aq' tilde='\(ti' caret='\(ha'
  REPLY=${1//\\/$slash}
  REPLY=${REPLY//-/$minus}
  REPLY=${REPLY//\'/$quote}
  REPLY=${REPLY//\~/$tilde}
  REPLY=${REPLY//^/$caret}
  while [[ $REPLY == *\`*\`* ]]; do
    REPLY=${REPLY%%\`*}'\fB'${REPLY#*\`}
    REPLY=${REPLY%%\`*}'\fR'${REPLY#*\`}
  done
  [[ $REPLY != .* ]] || REPLY='\&'$REPLY
}

print_man_page() { # COMMAND_FILE_WITHOUT_SUFFIX|FOLDER|TOPIC_FILE
  read_version
  man_name "$1"
  printf '.TH "%s" "1" "" "gemtune %s" "gemtune"\n.nh\n.ad l\n' "$REPLY" "$version"
  lay_out "$1"
}

man_name() { # COMMAND_FILE_WITHOUT_SUFFIX|FOLDER|TOPIC_FILE  sets REPLY: gemtune-auth-login
  REPLY=${1#"$lib/commands"} && REPLY=${REPLY#"$lib/topics"}
  REPLY=gemtune${REPLY//\//-}
  REPLY=${REPLY%.txt}
}

read_version() { # sets version
  while IFS='=' read -r REPLY version && [[ $REPLY != version ]]; do :; done <"$lib/commands/version.bash"
}

write_man_pages() ( # DIR  all at once: they are moved there when the last one is written; a subshell, for its trap
  new=$1/.gemtune.$$
  why=$(mkdir -p "$new" 2>&1) || die unexpected "Cannot write into $1: ${why##*: }." \
    "Name a folder that you can write into."
  trap 'rm -rf "$new"' EXIT
  (
    while IFS= read -r page; do # that of a folder comes after the topic of the same name, which is in it
      page=${page%.bash}
      man_name "$page"
      text=$(print_man_page "$page") && printf '%s\n' "$text" >"$new/$REPLY.1" || exit
    done < <(find "$lib/topics" "$lib/commands" \( -name '*.bash' -o -type d -o -name '*.txt' \) ! -path "$lib/topics")
    mv -f "$new"/* "$1"
  ) 2>/dev/null || die unexpected "Cannot write into $1." "Make room there, or name another folder."
)
