# shellcheck shell=bash
# What bash has gathered itself: lines with tabs between, which rows.jq turns into JSON.

show_rows() { # KIND FUNCTION COLUMNS [KEYS]  of rows.jq, for lines from stdin
  local libraries='visible columns format rows'
  show "$1" "$2(\$columns)" "${4:-$3}" --raw-input --arg columns "$3"
}
