"""A rule value with its dates: a change adds a dated value and never overwrites the old one.

Asked with `table.on(day)`, so that last year's report can be recomputed as it was.
"""

from __future__ import annotations

from datetime import date
from typing import Generic, TypeVar

from pydantic import Field

from kentongan.policy.errors import NotInForce
from kentongan.policy.schema.base import FrozenMap, Label, Source, StrictValue

T = TypeVar("T")


class Dated(StrictValue, Generic[T]):
    """One rule: its words, its unit, its dated values, where it comes from and who chose it."""

    label: Label
    unit: Label
    values: FrozenMap[date, T] = Field(min_length=1)
    source: Source
    chosen_by: Source
    note: Label | None = None

    @property
    def first_day(self) -> date:
        return min(self.values)

    def since(self, day: date) -> date:
        """The date from which the value in force on `day` holds."""
        started = [start for start in self.values if start <= day]
        if not started:
            raise NotInForce(f"{self.label.en}: no value on {day}; ask from {self.first_day} on")
        return max(started)

    def on(self, day: date) -> T:
        """The value in force on `day`."""
        return self.values[self.since(day)]
