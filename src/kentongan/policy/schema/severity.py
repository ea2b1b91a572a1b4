"""Severity in the files: five anchors, each a list of conditions of which one is enough."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import Label, StrictValue, Text


class SeverityFlag(StrEnum):
    """Facts a person states that are neither a count nor a form."""

    CREDIBLE_THREAT = "credible_threat"
    POLLING_STOPPED = "polling_stopped"
    SPREAD_OVER_KECAMATAN = "spread_over_kecamatan"
    AUTHORITIES_LOST_CONTROL = "authorities_lost_control"


class Condition(StrictValue):
    """One reason for an anchor; exactly one of impacts, forms, crowd and flag is given (see checks)."""

    code: Text
    label: Label
    impacts: tuple[Text, ...] = ()
    forms: tuple[Text, ...] = ()
    crowd_at_least: Annotated[int, Field(ge=0)] | None = None
    crowd_below: Annotated[int, Field(ge=1)] | None = None
    flag: Annotated[SeverityFlag, Field(strict=False)] | None = None

    @property
    def grounds(self) -> int:
        """How many kinds of ground are given; one is right."""
        crowd = self.crowd_at_least is not None or self.crowd_below is not None
        return sum((bool(self.impacts), bool(self.forms), crowd, self.flag is not None))


class Anchor(StrictValue):
    """One of the five grades and its conditions; its words are in `facets/severity.yaml`."""

    grade: int = Field(ge=1, le=5)
    any_of: tuple[Condition, ...] = Field(min_length=1)


class SeverityFile(StrictValue):
    """`severity.yaml`."""

    severity: Dated[tuple[Anchor, ...]]
