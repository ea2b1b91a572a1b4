"""The `kentongan` command: every verb is a management command of the pipeline (`kentongan help`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kentongan.settings")
    if sys.argv[1:2] == ["demo"]:
        # A demo never shares its folder with an instance that holds real reports.
        os.environ.setdefault("KENTONGAN_DATA", str(Path("kentongan-data") / "demo"))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["kentongan", *(sys.argv[1:] or ["help"])])


if __name__ == "__main__":
    main()
