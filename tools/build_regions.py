"""Derive the shipped region list from the registry package `idn-area-data`. Standard library only.

    python -m tools.build_regions [TARBALL] [--check]

Without a tarball, `npm pack` fetches the pinned version. The tarball's hash is checked, four CSV files
become one (`code,name`), island positions become decimal degrees, and the result is written with the
licence text of the data to `src/kentongan/places/data/`. The same tarball always gives the same bytes.
`--check` writes nothing and exits 1 if the files in the tree differ from what the tarball gives.
"""

from __future__ import annotations

import argparse
import base64
import csv
import hashlib
import io
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

PACKAGE = "idn-area-data"
VERSION = "4.0.1"
INTEGRITY = (
    "PhNSIl5T7swVwwWxJOFMtCaeHAF9TUu0HLDf+36EIWZro9j7au83AFIJiBQGL+iRsBDA2OlpJ5fjiqxNYndzOQ=="  # sha512
)
DECREE = "Kepmendagri 300.2.2-2430/2025"
LICENCE = "ODbL-1.0"
ATTRIBUTION = (
    f"Contains information from {PACKAGE} {VERSION} by fityannugroho and contributors, "
    "made available under the Open Database License (ODbL) 1.0."
)
TARGET = Path(__file__).resolve().parent.parent / "src" / "kentongan" / "places" / "data"
LEVEL_FILES = ("provinces", "regencies", "districts", "villages")
_POSITION = re.compile(r"(\d+)°(\d+)'([\d.]+)\" ([NS]) (\d+)°(\d+)'([\d.]+)\" ([EW])")


class BuildError(Exception):
    """The list cannot be built; the message says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument(
        "tarball", nargs="?", type=Path, help="the package as npm packs it; fetched when left out"
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with the files in the tree, write nothing"
    )
    options = parser.parse_args(arguments)
    try:
        built = build(options.tarball.read_bytes() if options.tarball else fetch())
    except (BuildError, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1
    if options.check:
        return report_differences(built)
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, content in built.items():
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content):,} bytes")
    return 0


def fetch() -> bytes:
    """The tarball from the configured registry, through npm itself."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is missing. Install Node.js, or give the path of the tarball.")
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if packed.returncode != 0:
            raise BuildError(f"npm pack failed: {packed.stderr.strip()[-300:]}")
        return next(Path(folder).glob("*.tgz")).read_bytes()


def build(tarball: bytes) -> dict[str, bytes]:
    """File name to content of everything that is derived."""
    found = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if found != INTEGRITY:
        raise BuildError(f"This is not {PACKAGE} {VERSION}: its sha512 is {found}.")
    source = unpack(tarball)
    rows = [(row["code"], row["name"]) for name in LEVEL_FILES for row in table(source, f"{name}.csv")]
    counts = {name: sum(1 for _ in table(source, f"{name}.csv")) for name in LEVEL_FILES}
    regions = written(("code", "name"), sorted(rows))
    islands = written(
        ("code", "region_code", "name", "latitude", "longitude", "populated", "outermost"),
        sorted(island_rows(source)),
    )
    contents = {"regions.csv.xz": regions, "islands.csv.xz": islands}
    packed = {
        name: lzma.compress(content, preset=9 | lzma.PRESET_EXTREME) for name, content in contents.items()
    }
    return {
        **packed,
        "LICENSE-ODbL.txt": source["LICENSE.md"],
        "edition.yaml": edition(contents, {**counts, "islands": islands.count(b"\n") - 1}).encode(),
    }


def unpack(tarball: bytes) -> dict[str, bytes]:
    """The files of the package's data folder by name."""
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        files = {
            Path(member.name).name: archive.extractfile(member)
            for member in archive
            if "/data/" in member.name
        }
        return {name: file.read() for name, file in files.items() if file is not None}


def table(source: dict[str, bytes], name: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(io.StringIO(source[name].decode("utf-8"), newline=""))


def island_rows(source: dict[str, bytes]) -> Iterable[tuple[str, ...]]:
    for row in table(source, "islands.csv"):
        latitude, longitude = position(row["coordinate"])
        # Some islands belong to a province without a regency named; the province then stands in.
        region = row["regency_code"] or row["code"][:2]
        yield (
            row["code"],
            region,
            row["name"],
            latitude,
            longitude,
            row["is_populated"],
            row["is_outermost_small"],
        )


def position(written_position: str) -> tuple[str, str]:
    """Degrees, minutes and seconds as decimal degrees; six decimals are about ten centimetres."""
    if not written_position.strip():
        return "", ""
    parts = _POSITION.fullmatch(written_position.strip())
    if parts is None:
        raise BuildError(f"Unreadable position {written_position!r}.")
    north = degrees(*parts.group(1, 2, 3)) * (1 if parts.group(4) == "N" else -1)
    east = degrees(*parts.group(5, 6, 7)) * (1 if parts.group(8) == "E" else -1)
    return f"{north:.6f}", f"{east:.6f}"


def degrees(whole: str, minutes: str, seconds: str) -> float:
    return int(whole) + int(minutes) / 60 + float(seconds) / 3600


def written(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return sink.getvalue().encode("utf-8")


def edition(contents: dict[str, bytes], counts: dict[str, int]) -> str:
    """What the loader checks and stores; hashes are of the unpacked content, so they outlive the packer."""
    lines = [
        "# Written by tools/build_regions.py; hashes are of the unpacked files.",
        f"package: {PACKAGE}",
        f'version: "{VERSION}"',
        f"decree: {DECREE}",
        f"licence: {LICENCE}",
        f'attribution: "{ATTRIBUTION}"',
        "files:",
    ]
    for name, content in contents.items():
        lines += [f"  {name}:", f"    sha256: {hashlib.sha256(content).hexdigest()}"]
    lines += ["counts:", *(f"  {name}: {count}" for name, count in counts.items())]
    return "\n".join(lines) + "\n"


def report_differences(built: dict[str, bytes]) -> int:
    differing = [name for name, content in built.items() if not same(TARGET / name, content)]
    for name in differing:
        print(f"{name} differs from what the tarball gives", file=sys.stderr)
    return 1 if differing else 0


def same(path: Path, content: bytes) -> bool:
    """Equal content; packed files are compared unpacked, since packers differ between machines."""
    if not path.exists():
        return False
    kept = path.read_bytes()
    return lzma.decompress(kept) == lzma.decompress(content) if path.suffix == ".xz" else kept == content


if __name__ == "__main__":
    sys.exit(main())
