"""What happens to a task that is not done by its deadline, in the files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import Label, StrictValue


class TaskRung(StrictValue):
    """One step up: so many hours after the deadline, to whose head."""

    after_hours: Annotated[int, Field(ge=1)]
    office: Literal["agency_head", "kabid"]
    label: Label


class OverdueRule(StrictValue):
    """The steps, shortest wait first; the first wait is the grace."""

    rungs: tuple[TaskRung, ...] = Field(min_length=1)

    @property
    def waits(self) -> tuple[int, ...]:
        """Hours from the deadline to each rung."""
        return tuple(rung.after_hours for rung in self.rungs)


class TaskRuleFile(StrictValue):
    """`task_rules.yaml`."""

    overdue: Dated[OverdueRule]
