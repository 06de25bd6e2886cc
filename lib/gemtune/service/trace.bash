# shellcheck shell=bash
# A request as a person may see it, without the secret: --log-http and --dry-run.

log_exchange() {
  printf '%s\n' "> $method ${url#"$server"}" '> Authorization: Bearer [redacted]' "> ${headers//$'\n'/$'\n'> }" \
    "$body" "$head" '' "$REPLY" |
    tr -d '\r' | run_jq visible visible -R -r >&2
}

print_curl() { # the request as a user would paste it; ends the command
  local header text
  text=$(
    printf 'curl -X %s "%s" \\\n' "$method" "$url"
    printf '  -H "Authorization: Bearer $(gemtune auth print-access-token)"'
    while IFS= read -r header; do printf " \\\\\n  -H '%s'" "$header"; done <<<"$headers"
    [[ -z $type ]] || printf " \\\\\n  -H 'Content-Type: %s'" "$type"
    [[ -z $file ]] || printf ' \\\n  --upload-file %q' "$file"
    [[ -z $body ]] || printf " \\\\\n  --data-binary @- <<'END'\n%s\nEND" "$body"
  )
  print_out "$text" >&3
  exit 0
}
