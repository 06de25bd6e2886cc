# How many columns of a terminal a text takes: Chinese, Japanese, Korean and emoji two each, marks that combine none,
# a sequence of emoji with joiners between (a family) two in all, a flag two, its letters one each.
# https://www.unicode.org/reports/tr11/ and https://www.unicode.org/reports/tr51/

# Where characters of two columns begin and end: a code point is inside when an odd number of bounds lies at or below it.
def wide: [4352, 4448, 8986, 8988, 9001, 9003, 9193, 9197, 9200, 9201, 9203, 9204, 9725, 9727, 9748, 9750, 9800, 9812,
  9855, 9856, 9875, 9876, 9889, 9890, 9898, 9900, 9917, 9919, 9924, 9926, 9934, 9935, 9940, 9941, 9962, 9963, 9970, 9972,
  9973, 9974, 9978, 9979, 9981, 9982, 9989, 9990, 9994, 9996, 10024, 10025, 10060, 10061, 10062, 10063, 10067, 10070,
  10071, 10072, 10133, 10136, 10160, 10161, 10175, 10176, 11035, 11037, 11088, 11089, 11093, 11094, 11904, 12351, 12353,
  19904, 19968, 42192, 43360, 43392, 44032, 55204, 63744, 64256, 65040, 65050, 65072, 65136, 65281, 65377, 65504, 65511,
  94176, 101632, 110576, 111360, 126980, 126981, 127183, 127184, 127374, 127375, 127377, 127387, 127488, 127777, 127789,
  127798, 127799, 127869, 127870, 127892, 127904, 127947, 127951, 127956, 127968, 127985, 127988, 127989, 127992, 128063,
  128064, 128065, 128066, 128253, 128255, 128318, 128331, 128335, 128336, 128360, 128378, 128379, 128405, 128407, 128420,
  128421, 128507, 128592, 128640, 128710, 128716, 128717, 128720, 128723, 128725, 128736, 128747, 128749, 128756, 128765,
  128992, 129004, 129292, 129339, 129340, 129350, 129351, 129536, 129648, 129792, 131072, 262142];

# The same for characters of none: marks, joiners, the second half of a Korean syllable, variants, tones of skin, tags.
def combining: [768, 880, 1155, 1162, 1425, 1470, 1471, 1472, 1473, 1475, 1476, 1478, 1552, 1563, 1611, 1632, 1648, 1649,
  1750, 1757, 1759, 1765, 1767, 1769, 1770, 1774, 2362, 2363, 2364, 2365, 2369, 2377, 2381, 2382, 2385, 2392, 3633, 3634,
  3636, 3643, 3655, 3663, 4448, 4608, 6832, 6911, 7616, 7680, 8203, 8208, 8400, 8433, 12330, 12334, 12441, 12443, 65024,
  65040, 65056, 65072, 127995, 128000, 917504, 918000];

def lies_in($bounds): . as $c | [$bounds[] | select(. <= $c)] | length % 2 == 1;

def is_emoji: . >= 127744 and . < 131072 or . >= 8592 and . < 11264;

def width:
  if . < 768 then 1 elif . >= 19968 and . < 42192 or . >= 44032 and . < 55204 then 2
  elif lies_in(combining) then 0 elif lies_in(wide) then 2 else 1 end;

# Of each character: what it adds to [columns, those of the character before, is that an emoji, is a joiner between].
def columns:
  if is_simple then length else
    reduce explode[] as $c ([0, 0, false, false];
      ($c | is_emoji) as $emoji
      | if $c == 8205 then .[3] = .[2]
      elif $c == 65039 then (if .[1] == 1 and .[2] then [.[0] + 1, 2, true, false] else . end)
      elif .[3] and $emoji then .[3] = false
      else ($c | width) as $width | if $width == 0 then . else [.[0] + $width, $width, $emoji, false] end end)
    | .[0] end;
