# The README in other languages says the same: its headings, code blocks, commands, codes and links are those of README.md.
load helper

translations() { (cd "$root" && echo README.*.md); }

code_blocks() { # FILE
  awk '/^```/ { print; inside = !inside; next } inside' "$root/$1"
}

outline() { # FILE  the level of each heading, the first cell of each row, the target of each link
  awk '/^```/ { inside = !inside; next } !inside' "$root/$1" | grep -v '^\[English\]\|^English |' |
    grep -oE '^#+ |^\| *(`[^`]*`|[0-9, ]+) \||\]\([^)]*\)' | sed 's/ *$//'
}

spans() { # FILE  what stands between single backquotes, in any order
  awk '/^```/ { inside = !inside; next } !inside' "$root/$1" | grep -oE '`[^`]+`' | LC_ALL=C sort
}

same_in_each() { # FUNCTION  of a file
  for file in $(translations); do
    equals "$("$1" README.md)" "$("$1" "$file")"
  done
}

@test "there is one for the readers of each localized tutorial" {
  equals 'README.de.md README.ko.md README.zh-TW.md' "$(translations)"
}

@test "code blocks are the same, byte for byte" {
  same_in_each code_blocks
}

@test "headings, rows of tables and links stand in the same order" {
  same_in_each outline
}

@test "what is said of commands, flags and files in the text is said in each" {
  same_in_each spans
}

@test "each leads to the others" {
  for file in $(translations); do
    for other in README.md $(translations); do
      [[ $other == "$file" ]] || grep -qF "]($other)" "$root/$file"
    done
  done
}
