"""A list of codes with validity: what exists, what is in force on a day, and what followed a retired code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from kentongan.policy.errors import UnknownCode
from kentongan.policy.schema.base import Code, Label

C = TypeVar("C", bound=Code)


@dataclass(frozen=True)
class CodeList(Mapping[str, C], Generic[C]):
    """All codes ever published under one name; a mapping from code to entry, in the order of the file."""

    name: str
    label: Label
    source: str
    chosen_by: str
    valid_from: date
    entries: Mapping[str, C]

    def __getitem__(self, code: str) -> C:
        try:
            return self.entries[code]
        except KeyError:
            raise UnknownCode(code, listed_in=self.name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def on(self, day: date) -> Mapping[str, C]:
        """Only the codes in force on `day`."""
        return MappingProxyType(
            {
                code: entry
                for code, entry in self.entries.items()
                if entry.in_force(day, list_from=self.valid_from)
            }
        )

    def resolve(self, code: str, *, on: date) -> C | None:
        """The entry that stands for `code` on a day: itself, its successor in force, or None."""
        entry: C | None = self[code]
        while entry is not None and entry.valid_to is not None and entry.valid_to < on:
            entry = self[entry.successor] if entry.successor else None
        if entry is None or not entry.in_force(on, list_from=self.valid_from):
            return None
        return entry
