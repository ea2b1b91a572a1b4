"""How long each kind of record is kept, in the files."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import FrozenMap, Label, StrictValue, Text

Ending = Literal["after_days", "after_hours", "with_record", "at_least_records", "until_lifted"]


class Retention(StrictValue):
    """One retention rule: when it ends, counted from what, and what happens then."""

    ends: Ending
    amount: Annotated[int, Field(ge=1)] | None = None
    counted_from: Label
    then: Label

    @property
    def period(self) -> timedelta | None:
        """The fixed period, or None where the rule follows another record or a person's decision."""
        if self.amount is None:
            return None
        return timedelta(days=self.amount) if self.ends == "after_days" else timedelta(hours=self.amount)

    @property
    def days(self) -> int:
        """The fixed period in whole days; asking a rule that has none is a mistake of the caller."""
        period = self.period
        if period is None or period % timedelta(days=1):
            raise ValueError(f"a retention that ends {self.ends!r} has no whole number of days; read .period")
        return period.days


class RetentionFile(StrictValue):
    """`retention.yaml`."""

    retention: FrozenMap[Text, Dated[Retention]]
