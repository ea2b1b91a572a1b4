"""Codes of every list: never given twice, and a retired one names its successor or says why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.alerts import LevelFile
from kentongan.policy.schema.base import Code
from kentongan.policy.schema.playbooks import PlaybookFile
from kentongan.policy.schema.routes import AccusedDeskFile, NotIncidentFile, ReferralFile, TileFile
from kentongan.policy.schema.taxonomy import FacetFile, TaxonomyFile

ONE_DAY = timedelta(days=1)
CODE_LISTS = (
    FacetFile,
    LevelFile,
    ReferralFile,
    AccusedDeskFile,
    TileFile,
    NotIncidentFile,
    PlaybookFile,
)


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    taxonomy = files.one("taxonomy.yaml", TaxonomyFile)
    yield from list_findings("taxonomy.yaml", taxonomy.classes, key="classes", list_from=taxonomy.valid_from)
    yield from list_findings("taxonomy.yaml", taxonomy.types, key="types", list_from=taxonomy.valid_from)
    for name, shaped in files.shaped.items():
        if isinstance(shaped, CODE_LISTS):
            yield from list_findings(name, shaped.codes, key="codes", list_from=shaped.valid_from)


def list_findings(file: str, codes: Sequence[Code], *, key: str, list_from: date) -> Iterator[Finding]:
    """Faults of one list."""
    by_code: dict[str, Code] = {}
    for entry in codes:
        if entry.code in by_code:
            yield Finding(file, f"{key}.{entry.code}", entry.code, "The code is taken; choose a new one.")
        by_code.setdefault(entry.code, entry)
    for entry in codes:
        yield from _validity(file, entry, key=f"{key}.{entry.code}", list_from=list_from)
        yield from _succession(file, entry, key=f"{key}.{entry.code}", by_code=by_code, list_from=list_from)


def _validity(file: str, entry: Code, *, key: str, list_from: date) -> Iterator[Finding]:
    if entry.valid_to is not None and entry.valid_to < (entry.valid_from or list_from):
        yield Finding(file, f"{key}.valid_to", entry.valid_to, "It ends before it begins; correct one date.")


def _succession(
    file: str, entry: Code, *, key: str, by_code: dict[str, Code], list_from: date
) -> Iterator[Finding]:
    if entry.valid_to is None:
        if entry.successor or entry.no_successor:
            yield Finding(
                file, f"{key}.valid_to", None, "Give the last day; a code with a successor is retired."
            )
    elif bool(entry.successor) == bool(entry.no_successor):
        yield Finding(
            file,
            f"{key}.successor",
            entry.successor,
            "Name the successor, or say why in no_successor; one of both.",
        )
    elif entry.successor is not None:
        successor = by_code.get(entry.successor)
        if successor is None or not successor.in_force(entry.valid_to + ONE_DAY, list_from=list_from):
            yield Finding(
                file,
                f"{key}.successor",
                entry.successor,
                "Name a code that is in force the day after valid_to.",
            )
