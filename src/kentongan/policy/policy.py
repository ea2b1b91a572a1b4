"""All rules as one frozen value, and the view of them on one day.

`current_policy().on(day)` is what stages ask. The view is a plain frozen value made of mappings: a regional
layer can later be laid over it with `dataclasses.replace`, without the stages noticing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from kentongan.policy.code_list import C, CodeList
from kentongan.policy.dated import Dated
from kentongan.policy.errors import NotInForce
from kentongan.policy.lifecycles import StateMachine, machine_from
from kentongan.policy.schema.alerts import ApprovalRule, Ladder, LevelLook, LevelRule, OfficeHours
from kentongan.policy.schema.base import Code, Label
from kentongan.policy.schema.lifecycles import LifecycleSpec
from kentongan.policy.schema.playbooks import Playbook
from kentongan.policy.schema.retention import Retention
from kentongan.policy.schema.routes import (
    AccusedDesk,
    AccusedOffice,
    Checklist,
    NotIncident,
    ReferralTarget,
    ReportTile,
)
from kentongan.policy.schema.severity import Anchor
from kentongan.policy.schema.tasks import OverdueRule, TaskRung
from kentongan.policy.schema.taxonomy import EventType, FacetValue

T = TypeVar("T")

NO_APPROVAL = ApprovalRule(persons=0)


@dataclass(frozen=True)
class AlertLevel:
    """One level on one day: its look, and the rule in force. Normal, the absence of an alert, has no rule."""

    look: LevelLook
    rule: LevelRule | None
    ladder: Ladder | None

    @property
    def code(self) -> str:
        return self.look.code

    @property
    def number(self) -> int:
        return self.look.number

    @property
    def label(self) -> Label:
        return self.look.label

    @property
    def approval(self) -> ApprovalRule:
        return self.rule.approval if self.rule else NO_APPROVAL

    @property
    def needs_human(self) -> bool:
        """True above Waspada: no machine may make it active."""
        return self.rule is not None and self.rule.human_confirmation

    @property
    def required(self) -> tuple[str, ...]:
        """Fields without which the alert may not be issued."""
        return self.rule.required if self.rule else ()

    @property
    def expiry_hours(self) -> int:
        if self.rule is None:
            raise ValueError(f"level {self.code} is no alert and has no expiry")
        return self.rule.expiry_hours


@dataclass(frozen=True)
class PolicyOnDate:
    """Every rule in force on `day`, and only those."""

    day: date
    version: str
    classes: Mapping[str, Code]
    event_types: Mapping[str, EventType]
    facets: Mapping[str, Mapping[str, FacetValue]]
    vocabularies: Mapping[str, Mapping[str, FacetValue]]
    lifecycles: Mapping[str, StateMachine]
    alert_levels: Mapping[str, AlertLevel]
    alert_disclaimer: Label
    ladders: Mapping[str, Ladder]
    office_hours: OfficeHours
    overdue_rungs: tuple[TaskRung, ...]
    severity: tuple[Anchor, ...]
    retention: Mapping[str, Retention]
    referral_matters: Mapping[str, Label]
    referrals: Mapping[str, ReferralTarget]
    accused_desks: Mapping[str, AccusedDesk]
    accused_offices: Mapping[str, AccusedOffice]
    checklists: Mapping[str, Checklist]
    report_tiles: Mapping[str, ReportTile]
    not_incidents: Mapping[str, NotIncident]
    playbooks: Mapping[str, Playbook]
    thresholds: Mapping[str, float]

    def types_of_class(self, class_code: str) -> tuple[EventType, ...]:
        return tuple(kind for kind in self.event_types.values() if kind.class_code == class_code)

    def types_for_tile(self, tile_code: str) -> tuple[EventType, ...]:
        """The types a tile suggests, each once, in the order of the tile; `POL.*` is every type of POL."""
        suggested: dict[str, EventType] = {}
        for pattern in self.report_tiles[tile_code].suggests:
            for kind in self._matching(pattern):
                suggested.setdefault(kind.code, kind)
        return tuple(suggested.values())

    def checklist_of(self, type_code: str) -> tuple[tuple[str, bool], ...]:
        """The items to check for a leaf type, each once, in order, with whether a verdict needs it."""
        lists = [
            self.checklists[c]
            for c in ("semua", type_code.split(".", maxsplit=1)[0], type_code)
            if c in self.checklists
        ]
        required = {item for each in lists for item in each.required}
        return tuple(
            (item, item in required) for item in dict.fromkeys(i for each in lists for i in each.items)
        )

    def playbooks_for(self, type_code: str) -> tuple[Playbook, ...]:
        """The playbooks that serve a leaf type; those written for few types before the general ones."""
        serving = [playbook for playbook in self.playbooks.values() if type_code in playbook.serves]
        return tuple(sorted(serving, key=lambda playbook: len(playbook.serves)))

    def alert_level(self, number: int) -> AlertLevel:
        """The level by its TKS-1 number, 0 Normal to 3 Awas."""
        for level in self.alert_levels.values():
            if level.number == number:
                return level
        raise KeyError(number)

    def _matching(self, pattern: str) -> tuple[EventType, ...]:
        if pattern.endswith(".*"):
            return self.types_of_class(pattern.removesuffix(".*"))
        return (self.event_types[pattern],) if pattern in self.event_types else ()


@dataclass(frozen=True)
class Policy:
    """All rules with all their dates, as read once at start. `version` changes with any byte of the files."""

    version: str
    taxonomy_name: str
    classes: CodeList[Code]
    event_types: CodeList[EventType]
    facets: Mapping[str, CodeList[FacetValue]]
    vocabularies: Mapping[str, CodeList[FacetValue]]
    lifecycles: Mapping[str, Dated[LifecycleSpec]]
    level_looks: CodeList[LevelLook]
    alert_disclaimer: Label
    alert_rules: Mapping[str, Dated[LevelRule]]
    ladders: Mapping[str, Dated[Ladder]]
    office_hours: Dated[OfficeHours]
    overdue: Dated[OverdueRule]
    severity: Dated[tuple[Anchor, ...]]
    retention: Mapping[str, Dated[Retention]]
    referral_matters: Mapping[str, Label]
    referrals: CodeList[ReferralTarget]
    accused_desks: CodeList[AccusedDesk]
    accused_offices: CodeList[AccusedOffice]
    checklists: CodeList[Checklist]
    report_tiles: CodeList[ReportTile]
    not_incidents: CodeList[NotIncident]
    playbooks: Mapping[str, CodeList[Playbook]]
    thresholds: Mapping[str, Dated[float]]

    @property
    def first_day(self) -> date:
        """The first day on which the core of the policy can be asked."""
        return self.event_types.valid_from

    def on(self, day: date) -> PolicyOnDate:
        """The rules in force on a day; a day before the first is refused, never answered with a guess."""
        if day < self.first_day:
            raise NotInForce(f"no policy on {day}; the first day is {self.first_day}, ask from that day on")
        ladders = _in_force(self.ladders, day)
        return PolicyOnDate(
            day=day,
            version=self.version,
            classes=self.classes.on(day),
            event_types=self.event_types.on(day),
            facets=_lists_on(self.facets, day),
            vocabularies=_lists_on(self.vocabularies, day),
            lifecycles=self._machines_on(day),
            alert_levels=self._levels_on(day, ladders=ladders),
            alert_disclaimer=self.alert_disclaimer,
            ladders=ladders,
            office_hours=self.office_hours.on(day),
            overdue_rungs=self.overdue.on(day).rungs,
            severity=self.severity.on(day),
            retention=_in_force(self.retention, day),
            referral_matters=self.referral_matters,
            referrals=self.referrals.on(day),
            accused_desks=self.accused_desks.on(day),
            accused_offices=self.accused_offices.on(day),
            checklists=self.checklists.on(day),
            report_tiles=self.report_tiles.on(day),
            not_incidents=self.not_incidents.on(day),
            playbooks=_flat(self.playbooks, day),
            thresholds=_in_force(self.thresholds, day),
        )

    def _machines_on(self, day: date) -> Mapping[str, StateMachine]:
        specs = _in_force(self.lifecycles, day)
        return MappingProxyType(
            {
                code: machine_from(code, label=self.lifecycles[code].label, spec=spec)
                for code, spec in specs.items()
            }
        )

    def _levels_on(self, day: date, *, ladders: Mapping[str, Ladder]) -> Mapping[str, AlertLevel]:
        rules = _in_force(self.alert_rules, day)
        return MappingProxyType(
            {
                code: AlertLevel(look=look, rule=rules.get(code), ladder=ladders.get(code))
                for code, look in self.level_looks.on(day).items()
            }
        )


def _in_force(tables: Mapping[str, Dated[T]], day: date) -> Mapping[str, T]:
    """Tables that start later than the day are left out: that rule did not exist yet."""
    return MappingProxyType({name: table.on(day) for name, table in tables.items() if table.first_day <= day})


def _lists_on(lists: Mapping[str, CodeList[C]], day: date) -> Mapping[str, Mapping[str, C]]:
    return MappingProxyType({name: codes.on(day) for name, codes in lists.items()})


def _flat(lists: Mapping[str, CodeList[C]], day: date) -> Mapping[str, C]:
    return MappingProxyType(
        {code: entry for codes in lists.values() for code, entry in codes.on(day).items()}
    )
