"""A table on its way to a file: the same plain value becomes XLSX, CSV and PDF, so that the three never differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `facts` say what it is, how far it goes and up to when; `mark` is the warning of unverified matter.

    A number in `rows` is a figure and stays one; None is a cell that says nothing.
    """

    name: str
    title: str
    label: str
    facts: Sequence[tuple[str, str]]
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    foot: Sequence[Value] = ()
    mark: str = ""
    notes: Sequence[str] = ()
