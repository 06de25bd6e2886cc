# Each way in, from the files a user gets to a working gemtune, and out again. tests/run installs the
# installers; the packages that gemtune needs come from the wheels it has fetched.
load helper

tools=$root/tests/.venv-install/bin

setup_file() {
  [[ -x $tools/pipx ]] || skip "tests/run tests/install.bats installs pipx, uv and hatchling"
  start_emulator
  (cd "$root" && "$tools/hatchling" build -d "$BATS_FILE_TMPDIR/dist") >&2
}

teardown_file() { [[ ! -x $tools/pipx ]] || stop_emulator; }

setup() {
  use_emulator
  rm -rf "$GEMTUNE_EMULATOR_DATA_DIR/tokens"
  base=$("$GEMTUNE_PYTHON" -c 'import sys; print(sys._base_executable)')
  wheel=$(echo "$BATS_FILE_TMPDIR"/dist/*.whl)
  mkdir -p installers
  ln -s "$tools/pipx" "$tools/uv" installers
  export PIP_NO_INDEX=1 UV_OFFLINE=1 PIP_FIND_LINKS="$root/tests/.venv-install/wheels" UV_FIND_LINKS="$root/tests/.venv-install/wheels" \
    UV_CACHE_DIR="$BATS_FILE_TMPDIR/uv" UV_PYTHON="$base" UV_PYTHON_DOWNLOADS=never PIPX_DEFAULT_PYTHON="$base" \
    PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_COMPILE=1 PIP_NO_WARN_SCRIPT_LOCATION=1 PATH="$HOME/.local/bin:${base%/*}:$HOME/installers:$PATH"
  unset GEMTUNE_PYTHON PIP_USER
}

works() { # GEMTUNE  its version, its two halves at work, and the extra once the line that it says has added it
  local line
  exits 0 "$1" version
  equals "$(PATH=$root/bin:$PATH gemtune version)" "$output"
  numbers
  exits 0 "$1" create --base-model=models/gemini-1.5-flash-001-tuning --training-data=numbers.csv --id=installed
  exits 0 "$1" list --format='value(name)'
  equals tunedModels/installed "$output"
  exits 1 "$1" emulator start
  says 'Python lacks what this command needs'
  line=${stderr##*Add it: }
  echo "$line"
  eval "$line"
  starts "$1"
}

starts() { # GEMTUNE  its own emulator
  local address
  mkfifo first-line
  "$1" emulator start --host-port=127.0.0.1:0 --data-dir=own >first-line 3>&- &
  read -r address <first-line
  [[ $address == http://127.0.0.1:* ]]
  "$1" emulator stop --data-dir=own
}

pages() { # BIN SHARE  where man looks for what PATH finds in BIN, and where the shells look
  [[ -s $2/man/man1/gemtune.1 && -s $2/man/man1/gemtune-create.1 ]]
  if command -v man >/dev/null; then
    equals "$(readlink -f "$2/man/man1/gemtune-create.1")" \
      "$(readlink -f "$(PATH=$1:/usr/bin:/bin man -w gemtune-create)")"
  fi
  equals "$("$1/gemtune" completion bash)" "$(cat "$2/bash-completion/completions/gemtune")"
  equals "$("$1/gemtune" completion zsh)" "$(cat "$2/zsh/site-functions/_gemtune")"
  equals "$("$1/gemtune" completion fish)" "$(cat "$2/fish/vendor_completions.d/gemtune.fish")"
}

write_pages() { # the README's lines for those whose share/ nothing has filled
  gemtune help --write-man-pages="$HOME/.local/share/man/man1"
  mkdir -p .local/share/bash-completion/completions .local/share/zsh/site-functions .local/share/fish/vendor_completions.d
  gemtune completion bash >.local/share/bash-completion/completions/gemtune
  gemtune completion zsh >.local/share/zsh/site-functions/_gemtune
  gemtune completion fish >.local/share/fish/vendor_completions.d/gemtune.fish
}

gone() { # DIRECTORY  nothing is called gemtune any more, but for the log and the lock of pipx
  equals '' "$(find "$1" -iname '*gemtune*' ! -path '*/state/*' ! -name .gemtune.lock)"
}

@test "the source archive builds the same wheel" {
  mkdir again
  tar xzf "$BATS_FILE_TMPDIR"/dist/*.tar.gz -C again
  (cd again/* && "$tools/hatchling" build -t wheel -d "$HOME/dist") >&2
  names() { "$base" -c 'import sys, zipfile; [print(f.CRC, f.filename) for f in zipfile.ZipFile(sys.argv[1]).infolist() if "dist-info" not in f.filename]' "$1" | sort; }
  equals "$(names "$wheel")" "$(names dist/*.whl)"
}

@test "pip in a virtual environment" {
  "$base" -m venv 'my venv'
  'my venv/bin/pip' install "$wheel"
  works "$HOME/my venv/bin/gemtune"
  pages "$HOME/my venv/bin" "$HOME/my venv/share"
  'my venv/bin/pip' uninstall -y gemtune
  gone 'my venv'
}

@test "pip install --user, also while a virtual environment is active" {
  user() { "$tools/pip" --python "$base" "$@"; }
  export PIP_BREAK_SYSTEM_PACKAGES=1 # only the user's folder is written, and that is this test's
  user install --user "$wheel"
  "$base" -m venv --without-pip active
  PATH=$HOME/active/bin:$PATH exits 0 .local/bin/gemtune auth print-access-token
  works "$HOME/.local/bin/gemtune"
  pages "$HOME/.local/bin" "$HOME/.local/share"
  user uninstall -y gemtune
  gone .local
}

@test "pipx" {
  pipx install "$wheel"
  works "$HOME/.local/bin/gemtune"
  pages "$HOME/.local/bin" "$HOME/.local/share"
  pipx uninstall gemtune
  gone .local
}

@test "uv tool, with one more line for the pages, and an extra keeps the other" {
  uv tool install "$wheel"
  works "$HOME/.local/bin/gemtune"
  write_pages
  pages "$HOME/.local/bin" "$HOME/.local/share"
  PYTHONPATH='' exits 0 .local/share/uv/tools/gemtune/bin/python -c \
    'from gemtune.installation import line_for; print(line_for("plot"))'
  prints "uv tool install 'gemtune[emulator,plot] @ file://$wheel'"
  uv tool uninstall gemtune
  fails test -e .local/bin/gemtune
  fails test -e .local/share/uv/tools/gemtune
}

@test "a copy of bin and lib" {
  mkdir .local
  cp -r "$root/bin" "$root/lib" .local
  exits 1 .local/bin/gemtune auth print-access-token
  says 'Python lacks what this command needs'
  eval "${stderr##*Add it: }"
  works "$HOME/.local/bin/gemtune"
  write_pages
  pages "$HOME/.local/bin" "$HOME/.local/share"
  rm -r .local/bin/gemtune .local/lib/gemtune .local/lib/python
  gone .local/bin
  gone .local/lib
}

@test "a symlink to a checkout" {
  mkdir -p checkout .local/bin
  cp -r "$root/bin" "$root/lib" checkout
  grep -E '^(google|requests)' "$root/requirements.txt" >checkout/requirements.txt
  ln -s "$HOME/checkout/bin/gemtune" .local/bin/gemtune
  works "$HOME/.local/bin/gemtune"
}

@test "the container file builds from what its context holds, and runs as nobody special" {
  cd "$root"
  mkdir "$HOME/context"
  # shellcheck disable=SC2046 # names without blanks
  cp -r $(sed -n 's/^!//p' .dockerignore) "$HOME/context"
  (cd "$HOME/context" && "$tools/hatchling" build -t wheel -d "$HOME/dist") >&2
  equals "${wheel##*/}" "$(ls "$HOME/dist")"
  for tool in curl jq; do
    grep -qE "^ +apt-get install .* $tool\b" Dockerfile
  done
  equals 'USER 1000' "$(grep ^USER Dockerfile)"
}
