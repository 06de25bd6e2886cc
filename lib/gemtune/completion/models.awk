# Of a cache of models the names that begin with what was typed, each with its title: without what stands before the
# slash, and with it where that was begun. There may be thousands, and somebody waits.

function offer(name) {
  if (index(name, ENVIRON["current"]) == 1 || ENVIRON["current"] == "") print ENVIRON["prefix"] name "\t" $2
}

NR > 1 && $1 ~ /^(tunedModels|models)\/[A-Za-z0-9._-]+$/ {
  if (ENVIRON["current"] != "") offer($1)
  offer(substr($1, index($1, "/") + 1))
}
