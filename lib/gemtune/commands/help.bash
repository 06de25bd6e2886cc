# Usage: gemtune help [COMMAND...|TOPIC]
#        gemtune help --man [COMMAND...|TOPIC]
#        gemtune help --write-man-pages=DIR
# Summary: Show every command, the manual of one, or a topic
#
# The topics: auth, cron, emulator, environment, exit-codes, formatting. On a terminal a long page goes
# through $PAGER (less); PAGER=cat leaves that out.
#
#   --man                   print the page for man: gemtune help --man create | man -l -
#   --write-man-pages=DIR   write all of them into DIR, as gemtune.1, gemtune-create.1 and so on
#
# Examples:
#   gemtune help create
#   gemtune help exit-codes

parse_arguments '[WORD...]' "$@"

command_file=$lib/commands command_words='' page=''
set -- ${operands[@]+"${operands[@]}"}
if (($# == 1)) && topic_file "$1"; then
  page=$REPLY
else
  ! find_plugin "$@" || [[ -e $lib/commands/$1 || -e $lib/commands/$1.bash ]] || run_plugin "$@" --help
  for word; do descend "$word" || unknown_command "$word"; done
fi
page=${page:-$command_file}
if [[ -n $flag_write_man_pages ]]; then
  load_help roff && write_man_pages "$flag_write_man_pages"
elif [[ -n $flag_man ]]; then
  load_help roff && print_man_page "$page"
elif [[ $page == "$lib/commands" ]]; then
  load_help overview && through_pager overview "$page"
else
  print_page "$page"
fi
