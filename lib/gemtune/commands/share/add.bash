# Usage: gemtune share add MODEL --role=reader|writer EMAIL
#        gemtune share add MODEL --role=reader|writer --group=EMAIL | --everyone
# Summary: Let somebody use a tuned model, or change it too
#
# A reader may ask the model; a writer may also update and share it. Who has another role gets this one.
#
#   --role=reader|writer   what they may do
#   --group=EMAIL          everyone in this Google group
#   --everyone             everyone who knows the model's name
#
# Examples:
#   gemtune share add number-generator-1a2b3c --role=reader friend@example.com
#   gemtune share add number-generator-1a2b3c --role=reader --everyone

parse_arguments 'MODEL [EMAIL]' "$@"
use_backend
use_part sharing
[[ -n $flag_role ]] || usage_error "--role is missing: reader or writer."
case ${operands[1]:+USER}${flag_group:+GROUP}${flag_everyone:+EVERYONE} in
  USER) type=USER grantee=${operands[1]} ;;
  GROUP) type=GROUP grantee=$flag_group ;;
  EVERYONE) type=EVERYONE grantee=everyone ;;
  *) usage_error "Name whom to share with: EMAIL, --group=EMAIL or --everyone, one of them." ;;
esac
[[ $type == EVERYONE ]] || check_email "$grantee"

share_with "${operands[0]}" "$grantee" "$flag_role" "$type"
