# Of the lines on stdin those that are near to what was typed, the nearest first, three at most. The last word
# of a line is near as well: for login there is "auth login". Of a line with a tab the first half is compared, and the
# second printed, once.

function smallest(a, b) { return a < b ? a : b }

# Letters that are added, lost, wrong or swapped, as far as those are at most `most`, else 99: there may be thousands of
# names, so only what lies beside the diagonal is looked at, and no longer than it can come to anything.
function distance(a, b, most,    i, j, n, m, from, to, letter, least, d) {
  n = length(a); m = length(b)
  if (n - m > most || m - n > most) return 99
  for (j = 0; j <= most + 1; j++) d[0, j] = j
  for (i = 1; i <= n; i++) {
    from = i > most ? i - most : 1; to = i + most < m ? i + most : m
    d[i, from - 1] = from == 1 ? i : 99
    d[i, to + 1] = least = 99
    letter = substr(a, i, 1)
    for (j = from; j <= to; j++) {
      d[i, j] = letter == substr(b, j, 1) ? d[i - 1, j - 1] : smallest(d[i - 1, j - 1], smallest(d[i - 1, j], d[i, j - 1])) + 1
      if (i > 1 && j > 1 && letter == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1))
        d[i, j] = smallest(d[i, j], d[i - 2, j - 2] + 1)
      least = smallest(least, d[i, j])
    }
    if (least > most) return 99
  }
  return d[n, m]
}

function nearness(a, b,    letters, most, d) { # 0 for the same, 99 for another word
  a = tolower(a); b = tolower(b)
  letters = length(b) > 3 && b ~ /^-/ ? length(b) - 2 : length(b)
  if (length(a) > 2 * length(b) + 2) return 99
  most = 1 + int((letters - 1) / 4)
  d = distance(a, b, most)
  if (d <= most && d < letters - 1) return d
  return length(a) > 2 && index(b, a) == 1 ? 2.5 : 99
}

function first(text, count,    words, i, n, found) {
  n = split(text, words, " ")
  for (i = 1; i <= n && i <= count; i++) found = found (i > 1 ? " " : "") words[i]
  return found
}

BEGIN { typed = substr(ENVIRON["typed"], 1, 60); typed_count = split(typed, typed_words, " ") }

{
  said = $0
  if (tab = index($0, "\t")) { said = substr($0, tab + 1); $0 = substr($0, 1, tab - 1) }
  count = split($0, words, " ")
  score = nearness(first(typed, count), $0)
  for (i = 1; i <= typed_count && count > 0 && (count > 1 || typed_count > 1); i++) {
    last = nearness(typed_words[i], words[count]) + 2 + count / 10
    if (last < score) score = last
  }
  if (score >= 99) next
  if (!(said in place)) place[said] = ++found
  i = place[said]
  if (lines[i] == "" || score < scores[i]) scores[i] = score
  lines[i] = said
}

END {
  for (rank = 1; rank <= 3; rank++) {
    best = 0
    for (i = 1; i <= found; i++) if (scores[i] < 99 && (!best || scores[i] < scores[best])) best = i
    if (!best || (rank > 1 && scores[best] > best_score + 0.15)) exit
    if (rank == 1) best_score = scores[best]
    print lines[best]
    scores[best] = 99
  }
}
