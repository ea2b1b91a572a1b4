"""Levels, rules and ladders agree; above Waspada a person confirms; the waits of a ladder grow."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.policy.checks.taxonomy import codes_of, unknown
from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.alerts import (
    ApprovalPower,
    ApprovalRule,
    LadderFile,
    LevelFile,
    LevelRule,
    LevelRuleFile,
)
from kentongan.policy.schema.taxonomy import FacetFile

TITIR = "titir"
WASPADA = 1


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    levels = {level.code: level.number for level in files.one("alert_levels.yaml", LevelFile).codes}
    if sorted(levels.values()) != list(range(len(levels))):
        yield Finding(
            "alert_levels.yaml", "codes.number", sorted(levels.values()), "Number the levels 0, 1, 2, 3."
        )
    yield from _rule_findings(files, levels=levels)
    yield from _ladder_findings(files, levels=levels)
    yield from _power_findings(files)


def _rule_findings(files: PolicyFiles, *, levels: dict[str, int]) -> Iterator[Finding]:
    rules = files.one("alert_rules.yaml", LevelRuleFile).rules
    alert_levels = [code for code, number in levels.items() if number > 0]
    yield from unknown("alert_rules.yaml", "rules", rules, among=alert_levels, list_name="alert_levels.yaml")
    yield from unknown(
        "alert_rules.yaml", "rules", alert_levels, among=rules, list_name="the levels with a rule"
    )
    fields = files.folder("vocabularies", FacetFile).get("alert_field")
    for code, table in rules.items():
        for start, rule in table.values.items():
            key = f"rules.{code}.{start}"
            if fields is not None:
                yield from unknown(
                    "alert_rules.yaml",
                    f"{key}.required",
                    rule.required,
                    among=codes_of(fields),
                    list_name="vocabularies/alert_field.yaml",
                )
            yield from _human_findings(rule, key=key, number=levels.get(code, 0))
            yield from _approval_findings(rule.approval, key=f"{key}.approval")


def _human_findings(rule: LevelRule, *, key: str, number: int) -> Iterator[Finding]:
    if number > WASPADA and not (rule.human_confirmation and rule.approval.persons):
        yield Finding(
            "alert_rules.yaml",
            f"{key}.human_confirmation",
            rule.human_confirmation,
            "Above Waspada a person confirms; set it true.",
        )


def _approval_findings(approval: ApprovalRule, *, key: str) -> Iterator[Finding]:
    if not approval.led_by:
        yield Finding("alert_rules.yaml", f"{key}.led_by", (), "Name at least one office that approves.")
    if (approval.persons > 1) != bool(approval.joined_by):
        yield Finding(
            "alert_rules.yaml",
            f"{key}.joined_by",
            approval.joined_by,
            "Name the second person's offices, only for two.",
        )


def _ladder_findings(files: PolicyFiles, *, levels: dict[str, int]) -> Iterator[Finding]:
    file = files.one("ladders.yaml", LadderFile)
    names = [code for code, number in levels.items() if number > 0] + [TITIR]
    yield from unknown(
        "ladders.yaml", "ladders", file.ladders, among=names, list_name="alert_levels.yaml or titir"
    )
    for code, table in file.ladders.items():
        for start, ladder in table.values.items():
            if list(ladder.waits) != sorted(set(ladder.waits)):
                yield Finding(
                    "ladders.yaml", f"ladders.{code}.{start}", ladder.waits, "Put the shorter wait first."
                )
    for start, hours in file.office_hours.values.items():
        if hours.closes_minute <= hours.opens_minute:
            yield Finding(
                "ladders.yaml",
                f"office_hours.{start}",
                hours.closes_minute,
                "The office closes after it opens.",
            )


def _power_findings(files: PolicyFiles) -> Iterator[Finding]:
    words = files.folder("vocabularies", FacetFile).get("approval_power")
    named = codes_of(words) if words is not None else frozenset()
    for power in ApprovalPower:
        if power.value not in named:
            yield Finding(
                "vocabularies/approval_power.yaml", "codes", power.value, "Add this office with its words."
            )
