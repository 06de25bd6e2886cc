# The rules of the house, each with its reason.
load helper
setup() {
  own_home "$BATS_TEST_TMPDIR/home"
  cd "$root" || return
}

sources() { # of bash, in every folder
  printf '%s\n' bin/gemtune
  find lib/gemtune -name '*.bash'
}

bash_code() { # [MORE_FILE...]  "file:line:code" without comments
  # shellcheck disable=SC2046 # no name of a file has a blank
  grep -nH '' $(sources) "$@" | grep -vE '^[^:]+:[0-9]+:[[:space:]]*#' | sed 's/[[:space:]]# .*//'
}

none() { # nothing may stand on stdin
  local found
  found=$(cat)
  [[ -z $found ]] || { printf '%s\n' "$found" && return 1; }
}

commands() { find lib/gemtune/commands -name '*.bash'; }

# One place knows about retries, secrets and exit codes.
@test "curl is called in http.bash only" {
  bash_code |
    grep -E '(^|[|(;&]|:)[[:space:]]*curl ' | grep -v '^lib/gemtune/service/http.bash' | none
}

# One place knows what a program consists of, and whose fault it is when it fails. stream.bash reads jq's stderr itself.
@test "jq is called in jq.bash only" {
  bash_code |
    grep -E '(^|[|(;&{]|:)[[:space:]]*jq ' | grep -vE '^lib/gemtune/(jq|service/stream).bash' | none
}

# A number says nothing to a reader; the names and the README's words for them stand in one file.
@test "exit codes have names" {
  bash_code | grep -E '\b(die|exit) "?[0-9]*[2-9][0-9]*\b|\bdie [0-9]' | none
}

# printf -v would set the local in place of the caller's variable of the same name.
@test "a function that sets the variable its caller names has no variable of its own" {
  for file in $(sources); do
    awk '/^[a-z_]+\(\) \{ # VAR/ { inside = 1 } inside && /^  *local / { print FILENAME ": " $0 } /^}/ { inside = 0 }' "$file"
  done | none
}

# jq 1.8.2, and 1.7.1 as some distributions have patched it, abort on a library that includes another one.
@test "no jq library includes another one" {
  grep -rnE '^[[:space:]]*(include|import)[[:space:]]+"' lib/gemtune --include='*.jq' | none
  bash_code | grep -E '(include|import) \\?"|jq .*-L' | none
}

# The right interpreter, with its packages, is chosen in one place.
@test "Python is found in python.bash only" {
  bash_code |
    grep -E 'python3' | grep -v '^lib/gemtune/python.bash' | none
}

# Quoting breaks as soon as a value has a quote in it: jq and Python put JSON together, and take it apart.
# The exceptions: the cached token, which must be read without a fork, and the lines of the log, which are made of texts
# that are JSON already: a jq for each would cost 15 ms.
@test "no bash builds or reads JSON" {
  bash_code |
    grep -E '\{ *\\?"[a-zA-Z_@]|[a-z]\\?": ' | grep -vE '^lib/gemtune/(token|log|service/trace).bash' | none
}

# macOS has bash 3.2, and its readers paste these.
@test "nothing needs a bash newer than 3.2" {
  bash_code scripts/*/*.sh |
    grep -E 'mapfile|readarray|(declare|local|typeset) -[a-z]*[An]|\$\{[a-zA-Z_]+(,|\^)|%\([^)]*\)T|&>>|\|&|\[\[ -v |wait -n|@Q\}' |
    none
}

# bash 3.2 runs the command of a process substitution with the IFS that stands before read.
@test "no IFS stands before a read from a process substitution" {
  bash_code | grep -E 'IFS=[^ ]* read .*< <\(' | grep -vE '(while|\{) IFS' | none
}

# The manual is what reads the flags; one that nothing looks at would be taken in silence.
@test "every flag of a manual is looked at by its command" {
  for file in $(commands); do
    sed -n 's/^#   --\([-a-z]*\).*/\1/p' "$file" | while read -r flag; do
      grep -v '^#' "$file" | sed -e :more -e '/\\$/N; s/\\\n//; t more' |
        grep -qE "\\bflag_${flag//-/_}\\b|is_given --$flag|flag_arguments.* $flag( |\$)" || { echo "$file: --$flag" && false; }
    done
  done
}

# Help, usage errors and the overview read them.
@test "every command opens with its usage and its summary" {
  for file in $(commands); do
    words=${file#lib/gemtune/commands/} words=${words%.bash}
    head -n 1 "$file" | grep -qE "^# Usage: .*gemtune ${words//\// }" || { echo "$file: usage" && false; }
    grep -q '^# Summary: .' "$file" || { echo "$file: summary" && false; }
  done
}

# What is not tested breaks unseen.
@test "every command has its tests in the file of its first word" {
  for file in $(commands); do
    words=${file#lib/gemtune/commands/} first=${words%%/*}
    case $first in version.bash) first=help.bash ;; esac
    [[ -e tests/${first%.bash}.bats ]] || { echo "$file has no tests/${first%.bash}.bats" && false; }
  done
}

# A second backend must be able to stand where the first one stands.
@test "what is asked of a backend is one of its deeds, or a variable that backend.bash has for it" {
  # shellcheck source=/dev/null
  source lib/gemtune/backend.bash
  for name in $(bash_code | grep -v '^lib/gemtune/backends/' | grep -oE '\$?\{?\bbackend_[a-z_]+' | sort -u); do
    case $name in
      \$*) name=${name#\$} && name=${name#\{} && [[ -n ${!name+x} ]] ;;
      backend_names) ;;
      *) [[ " $deeds " == *" ${name#backend_} "* || -n ${!name+x} || $name == *_without_ ]] ;;
    esac || { echo "$name" && false; }
  done
}

# Addresses, states and columns of a service are known in its backend, and nowhere else.
@test "what asks a service knows no wire" {
  bash_code | grep -E '^lib/gemtune/(service|commands|doctor|completion)/' | grep -v '^lib/gemtune/commands/quickstart' | cut -d : -f 3- |
    grep -E 'tunedModels|models/|operations|[pP]ageToken|alt=sse|owner[:%]|/v1|ACTIVE|CREATING|tuningTask|metadata\.|candidates|snapshots\b.*<<<|supportedGeneration|generativelanguage' |
    none
}

# A page that no longer fits the head has two subjects.
@test "files and functions stay small" {
  sizes() { awk -v most="$1" 'FNR == 1 { n = 0 } ++n > most { print FILENAME; nextfile }' "${@:2}"; }
  sizes 40 bin/gemtune scripts/*/*.sh | none
  # shellcheck disable=SC2046
  {
    sizes 60 $(commands)
    sizes 100 $(sources) $(find lib/gemtune -name "*.jq")
    sizes 200 $(find lib/python tests/campaign -name '*.py')
  } | none
  # shellcheck disable=SC2046
  awk '/^[a-z_]+\(\) [{(]/ { name = $1; from = FNR } /^[})]/ && name { if (FNR - from > 21) print FILENAME, name; name = "" }' \
    $(sources) | none
  "$GEMTUNE_PYTHON" - <<'END' | none
import ast, itertools, pathlib
for path in itertools.chain(pathlib.Path("lib/python").rglob("*.py"), pathlib.Path("tests/campaign").rglob("*.py")):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 30:
            print(path, node.name)
END
}

# Two files stand beside each other on a screen.
@test "lines stay within 120 columns" {
  # shellcheck disable=SC2046
  LC_ALL=C.UTF-8 awk 'length > 120 { print FILENAME ":" FNR }' $(sources) $(find lib/gemtune -name '*.jq') scripts/*/*.sh | none
}

# A drawer for everything is read by nobody.
@test "there is no attic" {
  find bin lib scripts -iname '*util*' -o -iname '*common*' -o -iname '*helper*' -o -iname '*misc*' | none
}
