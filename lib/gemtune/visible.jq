# What could alter a terminal, or pass unseen: control characters but tab and newline, marks that turn the direction of
# writing, separators of lines, invisible characters. The two joiners stay, for scripts and emoji need them.

# Printable ASCII without quotes and backslashes is its own JSON: told without looking at each character.
def is_simple: (tojson | utf8bytelength) == length + 2;

def is_hostile:
  . < 32 and . != 9 and . != 10 or . >= 127 and (. < 160 or . == 173 or . == 1564 or . >= 8203
    and (. == 8203 or . == 8206 or . == 8207 or . >= 8232 and . < 8239 or . >= 8288 and . < 8304 or . == 65279
      or . >= 65529 and . < 65532));

def visible: if is_simple then . else explode | map(if is_hostile then 65533 else . end) | implode end;

def hexadecimal: [1, 2, 3, 4] as $digits | [foreach $digits[] as $_ ([., 0]; [(.[0] / 16 | floor), .[0] % 16]; .[1])]
  | reverse | map("0123456789abcdef"[.:. + 1]) | add;

def escaped: # inside the quotes of JSON and YAML, where it can be taken back
  explode | map(if is_hostile then "\\u\(hexadecimal)" | explode[] else . end) | implode;
