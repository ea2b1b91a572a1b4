"""The five anchors are complete, and each condition rests on one ground that exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kentongan.policy.checks.taxonomy import codes_of, unknown
from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.severity import Anchor, Condition, SeverityFile
from kentongan.policy.schema.taxonomy import FacetFile

FILE = "severity.yaml"
GRADES = [1, 2, 3, 4, 5]


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    facets = files.folder("facets", FacetFile)
    if not {"form", "impact"} <= set(facets):
        return
    for start, anchors in files.one(FILE, SeverityFile).severity.values.items():
        key = f"severity.{start}"
        yield from _anchor_findings(anchors, key=key)
        for anchor in anchors:
            for condition in anchor.any_of:
                where = f"{key}.{anchor.grade}.{condition.code}"
                yield from _condition_findings(condition, key=where, facets=facets)


def _anchor_findings(anchors: tuple[Anchor, ...], *, key: str) -> Iterator[Finding]:
    grades = sorted(anchor.grade for anchor in anchors)
    if grades != GRADES:
        yield Finding(FILE, key, grades, "Give each grade 1 to 5 once.")
    for code, times in Counter(condition.code for anchor in anchors for condition in anchor.any_of).items():
        if times > 1:
            yield Finding(FILE, key, code, "The condition code is taken; choose another.")


def _condition_findings(
    condition: Condition, *, key: str, facets: Mapping[str, FacetFile]
) -> Iterator[Finding]:
    if condition.grounds != 1:
        yield Finding(FILE, key, condition.code, "Give exactly one of impacts, forms, crowd and flag.")
    yield from unknown(
        FILE, key, condition.forms, among=codes_of(facets["form"]), list_name="facets/form.yaml"
    )
    yield from unknown(
        FILE, key, condition.impacts, among=codes_of(facets["impact"]), list_name="facets/impact.yaml"
    )
