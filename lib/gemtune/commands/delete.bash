# Usage: gemtune delete MODEL... | --all | --filter=EXPRESSION
# Summary: Delete tuned models: by name, by a filter, or all of yours
#
# Lists what will go and asks once; without a terminal it needs --quiet. A failure does not keep the
# others: it ends with a count, and with the exit code of what failed (1 if that was of several kinds).
#
#   --all                 every model that you own
#   --filter=EXPRESSION   those of them that `gemtune list --filter=EXPRESSION` would list
#
# Examples:
#   gemtune delete number-generator-1a2b3c
#   gemtune delete --filter='state=FAILED OR createTime<2026' --quiet

parse_arguments '[MODEL...]' "$@"
use_backend
case ${flag_all:+x}${flag_filter:+x}${operands[0]+x} in x) ;; *)
  usage_error "Name what to delete: MODEL..., --all or --filter=EXPRESSION, one of them."
  ;;
esac

if ((${#operands[@]})); then
  for name in "${operands[@]}"; do add_row "$name"; done
else
  add_own_rows "$flag_filter"
  [[ -n $rows ]] || die nothing_to_do "There is nothing to delete." "What there is: gemtune list"
fi

if [[ -n $rows && $dry_run == false ]]; then
  list_rows
  confirm "These tuned models will be deleted, and nothing brings them back."
fi
delete_rows
