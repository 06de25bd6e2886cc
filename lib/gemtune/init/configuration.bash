# shellcheck shell=bash
# What init asks first: the configuration.

settle_configuration() { # sets flag_configuration, and makes it the active one
  local activated
  [[ -n $flag_configuration ]] || pick_configuration
  ORIGIN=''
  check_configuration_name "$flag_configuration"
  configuration_exists "$flag_configuration" || { change_file "$REPLY" true && note "Created [$flag_configuration]."; }
  activated_configuration
  activated=$REPLY
  [[ $flag_configuration == "$activated" ]] || activate_configuration "$flag_configuration"
  note "Your settings go into the configuration [$flag_configuration]."
}

pick_configuration() { # no question where the active one is all there is, and nothing is in it
  local name others=() choices=()
  active_configuration
  flag_configuration=$REPLY
  configuration_names
  for name in $REPLY; do
    [[ $name != "$flag_configuration" ]] || continue
    others+=("$name") choices+=("Switch to and re-initialize existing configuration: [$name]")
  done
  configuration_file "$flag_configuration"
  asking && [[ -s $REPLY || ${#others[@]} -gt 0 ]] || return 0
  choose 'Pick configuration to use:' "Re-initialize this configuration [$flag_configuration] with new settings" \
    'Create a new configuration' ${choices[@]+"${choices[@]}"}
  case $REPLY in
    1) ;;
    2) name_configuration ;;
    *) flag_configuration=${others[REPLY - 3]} ;;
  esac
}

name_configuration() { # makes it, and sets flag_configuration
  until ask 'Enter configuration name' && "$root/bin/gemtune" config configurations create -- "$REPLY"; do :; done
  flag_configuration=$REPLY
}
