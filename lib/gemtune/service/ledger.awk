# What stands in the ledger, for read_ledger: `refused` takes back the `sent` of the same request. wanted=newest prints a
# line for each that stands, the newest first; wanted=before how `id` was before its last line, with `digest` if it was.
$2 != service || $3 == "" || $4 !~ /^(sent|accepted|refused)$/ { next }
{ of[NR] = $5 == "" ? $3 : $5; it[NR] = of[NR] "\t" $6; text[NR] = $4 " " ($6 == "" ? "-" : $6) " " $3 " " $1 }
$4 == "sent" { before[it[NR]] = last[it[NR]]; last[it[NR]] = NR }
$4 == "accepted" { last[it[NR]] = NR }
$4 == "refused" { last[it[NR]] = before[it[NR]] }
END {
  own = id "\t" digest
  if (wanted == "before" && before[own]) { print text[before[own]]; exit }
  for (n = NR; n > 0; n--) {
    if (!(n in it) || last[it[n]] != n || (wanted == "before" && (of[n] != id || it[n] == own))) continue
    print text[n]
    if (wanted == "before") exit
  }
}
