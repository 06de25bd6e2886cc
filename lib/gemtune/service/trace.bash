# shellcheck shell=bash
# A request as a person may see it, without the secret: --log-http and --dry-run.

log_exchange() {
  printf '%s\n' "> $method $path" '> Authorization: Bearer [redacted]' "${headers[@]/#/> }" "$body" "$head" '' "$REPLY" |
    tr -d '\r' | run_jq visible visible -R -r >&2
}

print_curl() { # the request as a user would paste it; ends the command
  local header text
  text=$(
    printf 'curl -X %s "%s" \\\n' "$method" "$base_url$path"
    printf '  -H "Authorization: Bearer $(gemtune auth print-access-token)"'
    for header in "${headers[@]}"; do printf " \\\\\n  -H '%s'" "$header"; done
    [[ -z $body ]] ||
      printf " \\\\\n  -H 'Content-Type: application/json' \\\\\n  --data-binary @- <<'END'\n%s\nEND" "$body"
  )
  print_out "$text" >&3
  exit 0
}
