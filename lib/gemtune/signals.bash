# shellcheck shell=bash
# Signals that end a command.

exit_on_signals() {
  # then the EXIT trap knows the code, and runs to its end: a subshell that dies of SIGHUP sends it to all again
  trap "trap '' HUP INT TERM; exit \$exit_hung_up" HUP
  trap "trap '' HUP INT TERM; exit \$exit_interrupted" INT
  trap "trap '' HUP INT TERM; exit \$exit_terminated" TERM
}
