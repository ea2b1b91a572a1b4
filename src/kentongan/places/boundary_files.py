"""Reading GeoJSON files of boundaries feature by feature, within limits.

The text is held once and each feature is read and thrown away by itself, so the memory needed is that of the text and of
one feature, never that of a whole country as objects.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kentongan.analysis.geometry.rings import points_of
from kentongan.edge.problems import Problem
from kentongan.places.boundaries import (
    BoundaryBatch,
    BoundaryFacts,
    FeatureFault,
    ReadFeature,
    prepared,
    read_feature,
)

LARGEST_FILE = 200 * 1024 * 1024
MOST_FEATURES = 100_000
MOST_POINTS = 5_000_000
_BETWEEN = re.compile(r"[\s,]*")
_FEATURES = re.compile(r'"features"\s*:\s*\[')


def read_boundaries(
    paths: Sequence[Path], *, source: str, licence: str, attribution: str = ""
) -> BoundaryBatch:
    """Every usable outline of some GeoJSON files, thinned for maps, with the faults of the others.

    Raises Problem for a file that cannot be read at all.
    """
    digest = hashlib.sha256()
    good: list[ReadFeature] = []
    faults: list[FeatureFault] = []
    points = 0
    for path in paths:
        text = _text(path, digest)
        for number, feature in enumerate(_features(text, path), 1):
            read = read_feature(number, feature)
            if isinstance(read, FeatureFault):
                faults.append(read)
                continue
            points += sum(1 for _ in points_of(read.polygons))
            if len(good) >= MOST_FEATURES or points > MOST_POINTS:
                raise Problem("places.boundaries_too_many", value=path.name, most=MOST_POINTS)
            good.append(read)
    facts = BoundaryFacts(source, licence, digest.hexdigest(), attribution)
    mended = sum(feature.mended for feature in good)
    return BoundaryBatch(facts, tuple(prepared(good)), tuple(faults), mended, points)


def _text(path: Path, digest: Any) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Problem("places.boundaries_too_large", value=path.name, most=LARGEST_FILE // 2**20)
        content = path.read_bytes()
        digest.update(content)
        return content.decode("utf-8-sig")
    except OSError as fault:
        raise _unreadable(path, fault.strerror or str(fault)) from fault
    except UnicodeDecodeError as fault:
        raise _unreadable(path, "bukan teks UTF-8") from fault


def _features(text: str, path: Path) -> Iterator[Any]:
    start = _FEATURES.search(text)
    if start is None:
        raise _unreadable(path, "tidak ada daftar features")
    decoder = json.JSONDecoder(parse_constant=float)
    at = _BETWEEN.match(text, start.end()).end()  # type: ignore[union-attr]  # it matches nothing at least
    while at < len(text) and text[at] != "]":
        try:
            feature, at = decoder.raw_decode(text, at)
        except RecursionError as fault:
            raise _unreadable(path, "terlalu banyak kurung bersarang") from fault
        except ValueError as fault:
            raise _unreadable(path, f"JSON rusak di huruf ke-{at}") from fault
        yield feature
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    if at >= len(text):
        raise _unreadable(path, "berkas terpotong")


def _unreadable(path: Path, why: str) -> Problem:
    return Problem("places.boundaries_unreadable", value=path.name, why=why)
