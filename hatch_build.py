"""Build hook: the wheel carries the pinned browser files and the compiled translations, so it runs by itself.

Both are git-ignored and made here by the same two modules that run.py uses; pyproject.toml declares them as
`artifacts`, otherwise hatchling would leave out what version control ignores.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BrowserFilesAndTranslations(BuildHookInterface[Any]):
    """Runs before hatchling collects the files of a wheel or source archive."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface names them
        root = Path(self.root)
        # Hatchling loads this file alone; the project's own folder is not on its path.
        sys.path.insert(0, str(root))
        from tools import messages, vendor

        vendor.ensure(root=root)
        messages.compile_catalogues(root / "src" / "kentongan")
