# Of the lines on stdin those that are near to what was typed, the nearest first, three at most. The last word
# of a line is near as well: for login there is "auth login". Of a line with a tab the first half is compared, and the
# second printed, once.

function smallest(a, b) { return a < b ? a : b }

function distance(a, b,    i, j, n, m, cost, d) { # letters that are added, lost, wrong or swapped
  n = length(a); m = length(b)
  for (i = 0; i <= n; i++) d[i, 0] = i
  for (j = 0; j <= m; j++) d[0, j] = j
  for (i = 1; i <= n; i++)
    for (j = 1; j <= m; j++) {
      cost = substr(a, i, 1) != substr(b, j, 1)
      d[i, j] = smallest(smallest(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + cost)
      if (i > 1 && j > 1 && substr(a, i, 1) == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1))
        d[i, j] = smallest(d[i, j], d[i - 2, j - 2] + 1)
    }
  return d[n, m]
}

function nearness(a, b,    letters, d) { # 0 for the same, 99 for another word
  a = tolower(a); b = tolower(b)
  letters = length(b) > 3 && b ~ /^-/ ? length(b) - 2 : length(b)
  if (length(a) > 2 * length(b) + 2) return 99
  d = distance(a, b)
  if (d <= 1 + int((letters - 1) / 4) && d < letters - 1) return d
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
  for (i = 1; i <= typed_count && count > 0; i++) {
    last = nearness(typed_words[i], words[count]) + 2 + count / 10
    if (last < score) score = last
  }
  if (score >= 99) next
  for (i = 1; i <= found && lines[i] != said; i++);
  if (i > found || score < scores[i]) scores[i] = score
  if (i > found) lines[++found] = said
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
