"""The shapes every policy file shares: strict values, labels in two languages, codes with validity.

Files are read once into these frozen values (loader), checked against each other (checks) and then only
looked at. Strict means: a number written as text, or a key nobody knows, is a fault and not a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer

K = TypeVar("K")
V = TypeVar("V")

Text = Annotated[str, Field(min_length=1)]
Source = Annotated[str, Field(min_length=3)]
FrozenMap = Annotated[Mapping[K, V], AfterValidator(MappingProxyType), PlainSerializer(dict)]


class StrictValue(BaseModel):
    """A frozen value that refuses unknown keys and silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Label(StrictValue):
    """A short text in Bahasa Indonesia and English; both are required."""

    id: Text
    en: Text

    def in_language(self, language: str) -> str:
        """The English text for `en` and its variants, the Indonesian text for everything else."""
        return self.en if language.lower().startswith("en") else self.id


class Code(StrictValue):
    """One entry of a code list. A retired code stays in the list and names what came after it."""

    code: Text
    label: Label
    note: Label | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: Text | None = None
    no_successor: Text | None = None

    def in_force(self, day: date, *, list_from: date) -> bool:
        """True from the first to the last day of validity, both included."""
        starts = self.valid_from or list_from
        return starts <= day and (self.valid_to is None or day <= self.valid_to)


class ListHead(StrictValue):
    """What every code-list file says about itself before its codes."""

    label: Label
    source: Source
    chosen_by: Source
    valid_from: date
