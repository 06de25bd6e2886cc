# The README in other languages is its first hour, as far as the login, and leads to README.md for the rest: what
# stands once cannot go stale four times, and a new command touches one README.
load helper

translations() { (cd "$root" && echo README.*.md); }

first_hour() { sed '/^## The commands$/,$d' "$root/README.md"; }

links_to_the_rest() { # a heading, then a link to each section that README.md alone has, and the licence
  echo '## '
  sed -n '/^## The commands$/,$ s/^## //p' "$root/README.md" | tr 'A-Z ' 'a-z-' | sed 's/.*/](README.md#&)/'
  echo '](LICENSE)'
}

text() { awk '/^```/ { inside = !inside; if (!inside) next; print } !inside'; }

blocks() { # LANGUAGE  the lines of code in it
  awk -v fence="\`\`\`$1" '$0 == "```" { inside = 0 } inside || $0 == fence { print; inside = 1 }'
}

outline() { # the level of each heading, the language of each block of code, the target of each link in the text
  text | grep -oE '^#+ |^```.*|\]\([^)]*\)' | grep -v '^](README[^#]*)$'
}

spans() { # what stands between single backquotes, in any order
  text | grep -v '^```' | grep -oE '`[^`]+`' | LC_ALL=C sort
}

in_each() { # WANTED COMMAND...  on a translation
  for file in $(translations); do
    echo "$file"
    equals "$1" "$("${@:2}" <"$root/$file")"
  done
}

@test "there is one for the readers of each localized tutorial" {
  equals 'README.de.md README.ko.md README.zh-TW.md' "$(translations)"
}

@test "sections, blocks of code and links stand in the same order, then each other section is linked to" {
  in_each "$(first_hour | outline && links_to_the_rest)" outline
}

@test "the lines to paste are the same, byte for byte" {
  in_each "$(first_hour | blocks sh)" blocks sh
}

@test "the session is a part of README.md's" {
  session=$(first_hour | blocks console)$'\n'
  for file in $(translations); do
    part=$(blocks console <"$root/$file" | sed 1d)
    [[ -n $part && $session == *$'\n'"$part"$'\n'* ]] || { echo "$file" && false; }
  done
}

@test "what is said of commands, flags and files in the text is said in each" {
  in_each "$(first_hour | spans)" spans
}

# Six lines are seen at a glance. Whoever wants more finds it in README.md, and so does whoever changes it.
@test "no table and no long block of code stands twice" {
  in_each '' awk '/^```/ { inside = !inside; lines = 0; next } inside && ++lines > 6 || /^\|/'
}

@test "every link to a file leads to one" {
  cd "$root"
  grep -ohE '\]\([^):#]+[#)]' README*.md | sed 's/^](//; s/.$//' | sort -u | xargs ls
}

@test "each leads to the others" {
  for file in $(translations); do
    for other in README.md $(translations); do
      [[ $other == "$file" ]] || grep -qF "]($other)" "$root/$file"
    done
  done
}
