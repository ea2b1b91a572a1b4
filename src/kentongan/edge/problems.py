"""The one catalogue of problems a person can meet: code, who mends it, a sentence with the value and the next step.

Stages raise `Problem("places.region_unknown", value="99.99")`; the sentence lives in `problem_catalogue/<stage>.yaml`
in both languages, so that no page, command or API ever invents its own wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from string import Formatter

import yaml


class Mender(StrEnum):
    """Who can put it right."""

    USER = "user"
    OFFICE = "office"
    ADMIN = "admin"
    DEVELOPER = "developer"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue; `status` is the HTTP status a page answers with."""

    code: str
    mender: Mender
    status: int
    sentences: Mapping[str, str]

    def placeholders(self, language: str) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.sentences[language]) if name)


class Problem(Exception):
    """Something a person can understand and mend; carries a catalogue code and the values of its sentence."""

    def __init__(self, code: str, **values: object) -> None:
        self.kind = problem_kinds()[code]
        self.code = code
        self.values = values
        super().__init__(self.sentence("en"))

    @property
    def status(self) -> int:
        return self.kind.status

    @property
    def mender(self) -> Mender:
        return self.kind.mender

    def sentence(self, language: str = "id") -> str:
        return self.kind.sentences["en" if language.startswith("en") else "id"].format(**self.values)


@cache
def problem_kinds() -> Mapping[str, ProblemKind]:
    """Every kind of problem by its code. Raises ValueError on a malformed catalogue, which stops the start."""
    kinds: dict[str, ProblemKind] = {}
    folder = resources.files("kentongan.edge") / "problem_catalogue"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        stage = file.name.removesuffix(".yaml")
        for code, entry in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            if not code.startswith(f"{stage}.") or code in kinds:
                raise ValueError(f"{file.name}: {code} is doubled or does not begin with {stage!r}")
            kinds[code] = ProblemKind(
                code=code,
                mender=Mender(entry["mender"]),
                status=int(entry["status"]),
                sentences={"id": entry["id"], "en": entry["en"]},
            )
    return kinds
