"""The wheel's man pages, made from the commands' own manuals as it is built."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ManPages(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        self.folder = tempfile.mkdtemp()
        command = ["bash", "bin/gemtune", "help", f"--write-man-pages={self.folder}"]
        subprocess.run(command, cwd=self.root, check=True)  # noqa: S603
        build_data["shared_data"][self.folder] = "share/man/man1"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        shutil.rmtree(self.folder)
