"""The Python half of gemtune: OAuth and credentials, datasets, and the emulator."""

import sys

if sys.version_info < (3, 10):  # noqa: UP036  a copy's python3 may be any
    sys.exit(
        f"ERROR: gemtune needs Python 3.10 or newer, and {sys.executable} is older.\n"
        "  Name a newer one: export GEMTUNE_PYTHON=/path/to/python3"
    )
