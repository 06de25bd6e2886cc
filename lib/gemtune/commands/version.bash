# Usage: gemtune version
# Summary: Show which gemtune this is

version=0.1.0

parse_arguments '' "$@"
printf 'gemtune %s\n' "$version"
