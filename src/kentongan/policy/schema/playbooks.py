"""Playbooks (*buku saku*) in the files: what opens one early, who does what first, and what makes it worse.

One file of `playbooks/` is one theme and holds its editions. An edition is never rewritten once an alert has named
it: a changed playbook is a new code, and the old one ends and names its successor.

How a stage asks, always by the view of a day:

    policy_on(day).playbooks["silat-01"]        one playbook by its code
    policy_on(day).playbooks_for("KEL.02")      those that serve a leaf type, the special before the general
    playbook.first_action                       Label: one sentence, offered as the first action of an alert
    playbook.recipients                         agency kinds, the values of accounts.AgencyKind
    playbook.measures                           Measure(step, by, what, within_hours, restricts_rights), gentle first
    playbook.gentle_measures                    only those that restrict no right
    measure.needs_check                         True: the ten-point proportionality check comes before it

Labels are read with `.in_language(language)`, in templates with the filter `said`. The words of the steps are the
vocabulary `measure_step`, those of the kinds the vocabulary `agency_kind`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kentongan.policy.schema.base import Code, Label, ListHead, StrictValue, Text

TriggerKind = Literal["stage", "season", "agenda", "ruling", "facet", "reports", "severity"]
Step = Annotated[int, Field(ge=1, le=5)]
Hours = Annotated[int, Field(ge=1)]

COERCIVE_STEP = 5


class PlaybookTrigger(StrictValue):
    """What opens a playbook before anything has happened. The sentence is for people, the rest for a machine.

    `stages` are keys of the election calendar, `facets` are codes of the facet `trigger`.
    """

    kind: TriggerKind
    says: Label
    stages: tuple[Text, ...] = ()
    days_before: Annotated[int, Field(ge=0)] | None = None
    facets: tuple[Text, ...] = ()
    reports_from: Annotated[int, Field(ge=1)] | None = None
    within_hours: Hours | None = None
    severity_from: Step | None = None


class Measure(StrictValue):
    """One measure on the ladder of `measure_step`: which kinds of agency do what, within how many hours."""

    step: Step
    by: tuple[Text, ...] = Field(min_length=1)
    what: Label
    within_hours: Hours
    restricts_rights: bool = False

    @property
    def needs_check(self) -> bool:
        """Law enforcement, or any restriction of a right, comes after the ten-point proportionality check."""
        return self.restricts_rights or self.step == COERCIVE_STEP


class Playbook(Code):
    """One edition of a theme."""

    serves: tuple[Text, ...] = Field(min_length=1)
    triggers: tuple[PlaybookTrigger, ...] = Field(min_length=1)
    first_action: Label
    recipients: tuple[Text, ...] = Field(min_length=1)
    measures: tuple[Measure, ...] = Field(min_length=1)
    avoid: tuple[Label, ...] = Field(min_length=1)
    rights: tuple[Label, ...] = Field(min_length=1)
    public_message: Label
    review: Label
    basis: tuple[Label, ...] = Field(min_length=1)

    @property
    def gentle_measures(self) -> tuple[Measure, ...]:
        """The measures that may be taken without restricting anybody's rights."""
        return tuple(measure for measure in self.measures if not measure.needs_check)


class PlaybookFile(ListHead):
    """`playbooks/<theme>.yaml`."""

    codes: tuple[Playbook, ...] = Field(min_length=1)
