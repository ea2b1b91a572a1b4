"""Alert levels in the files: how a level looks and sounds, who approves it, how it climbs the ladder."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import Code, FrozenMap, Label, ListHead, StrictValue, Text


class ApprovalPower(StrEnum):
    """In which office a person approves. The accounts stage says who holds which power."""

    ANALYST = "analyst"
    DUTY_OFFICER = "duty_officer"
    KABID = "kabid"
    KABAN = "kaban"


class LadderHours(StrEnum):
    """When the clock of a ladder runs."""

    OFFICE = "office"
    ANY = "any"


class RungStep(StrEnum):
    """What a rung does when nobody has acknowledged."""

    REMIND = "remind"
    SUPERIOR = "superior"
    SECOND_OFFICER = "second_officer"
    KABID = "kabid"


# YAML knows no enums, so these alone are read from their text.
Power = Annotated[ApprovalPower, Field(strict=False)]
Minutes = Annotated[int, Field(ge=1)]


class LevelLook(Code):
    """The parts of a level that do not change with the rules: number, shape, colour token, knock."""

    number: int = Field(ge=0, le=3)
    shape: Literal["circle", "triangle", "diamond", "square"]
    mark: Text
    colour_token: Text
    knock: Literal["none", "two_slow", "three_quick", "titir"]
    knock_label: Label


class LevelFile(ListHead):
    """`alert_levels.yaml`, with the sentence that must stand beside every level."""

    disclaimer: Label
    codes: tuple[LevelLook, ...]


class AfterTitir(StrictValue):
    """The exception for danger now: one person at once, the second within these minutes."""

    powers: tuple[Power, ...]
    second_within_minutes: Minutes


class ApprovalRule(StrictValue):
    """How many different persons, who must lead, who may join as second."""

    persons: int = Field(ge=0, le=2)
    led_by: tuple[Power, ...] = ()
    joined_by: tuple[Power, ...] = ()
    after_titir: AfterTitir | None = None


class LevelRule(StrictValue):
    """What an alert of this level needs before it may be active."""

    expiry_hours: int = Field(ge=1)
    human_confirmation: bool
    required: tuple[Text, ...]
    approval: ApprovalRule


class LevelRuleFile(StrictValue):
    """`alert_rules.yaml`."""

    rules: FrozenMap[Text, Dated[LevelRule]]


class Rung(StrictValue):
    """One step up the ladder, counted in minutes from sending."""

    after_minutes: Minutes
    step: Annotated[RungStep, Field(strict=False)]
    label: Label


class Ladder(StrictValue):
    """The waits of one kind of alert, shortest first."""

    hours: Annotated[LadderHours, Field(strict=False)]
    rungs: tuple[Rung, ...] = Field(min_length=1)

    @property
    def waits(self) -> tuple[int, ...]:
        """Minutes from sending to each rung."""
        return tuple(rung.after_minutes for rung in self.rungs)


class OfficeHours(StrictValue):
    """Office hours of a region: ISO weekdays (Monday is 1) and local minutes after midnight."""

    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(min_length=1)
    opens_minute: int = Field(ge=0, lt=1440)
    closes_minute: int = Field(gt=0, le=1440)


class LadderFile(StrictValue):
    """`ladders.yaml`: one ladder per level that has one, one for titir, and the office hours."""

    ladders: FrozenMap[Text, Dated[Ladder]]
    office_hours: Dated[OfficeHours]
