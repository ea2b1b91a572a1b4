"""The leaf types point to classes, facets and bodies that exist; facets carry what the event rule needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.routes import ReferralFile
from kentongan.policy.schema.taxonomy import EventType, FacetFile, TaxonomyFile

REQUIRED_FACETS = frozenset(
    {"form", "impact", "actor_type", "severity", "uu7_source", "snpk_class", "field", "place_precision"}
)
HOSTILE_FACETS = frozenset({"form", "impact"})


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    facets = files.folder("facets", FacetFile)
    absent = sorted(REQUIRED_FACETS - set(facets))
    for name in absent:
        yield Finding(f"facets/{name}.yaml", "(file)", None, "Put this facet back; other rules read it.")
    for name, facet in facets.items():
        yield from _facet_findings(name, facet)
    if not absent:
        yield from _type_findings(files)


def codes_of(facet: FacetFile) -> frozenset[str]:
    return frozenset(value.code for value in facet.codes)


def unknown(
    file: str, key: str, codes: Iterable[str], *, among: Iterable[str], list_name: str
) -> Iterator[Finding]:
    """A finding for every code that the named list does not hold."""
    known = frozenset(among)
    for code in codes:
        if code not in known:
            yield Finding(file, key, code, f"Choose a code of {list_name}.")


def _facet_findings(name: str, facet: FacetFile) -> Iterator[Finding]:
    file = f"facets/{name}.yaml"
    for value in facet.codes:
        key = f"codes.{value.code}"
        if (value.hostile is None) == (name in HOSTILE_FACETS):
            step = (
                "Say true or false." if name in HOSTILE_FACETS else "Remove it; this facet decides no event."
            )
            yield Finding(file, f"{key}.hostile", value.hostile, step)
        if value.hostile and value.context_only:
            yield Finding(
                file, f"{key}.context_only", value.code, "Context shows no hostility; correct one of both."
            )
        if name == "impact" and value.unit is None:
            yield Finding(file, f"{key}.unit", None, "Say what is counted, in both languages.")
    if sum(value.default for value in facet.codes) > 1:
        yield Finding(file, "codes", "default", "Keep one default only.")


def _type_findings(files: PolicyFiles) -> Iterator[Finding]:
    taxonomy = files.one("taxonomy.yaml", TaxonomyFile)
    classes = {entry.code for entry in taxonomy.classes}
    for kind in taxonomy.types:
        key = f"types.{kind.code}"
        yield from unknown(
            "taxonomy.yaml", f"{key}.class", [kind.class_code], among=classes, list_name="classes"
        )
        if not kind.code.startswith(f"{kind.class_code}."):
            yield Finding("taxonomy.yaml", f"{key}.class", kind.class_code, "Code and class must agree.")
        yield from _crosswalk_findings(files, kind, key=key)


def _crosswalk_findings(files: PolicyFiles, kind: EventType, *, key: str) -> Iterator[Finding]:
    facets = files.folder("facets", FacetFile)
    for attribute, facet in (("uu7", "uu7_source"), ("snpk", "snpk_class"), ("field", "field")):
        yield from unknown(
            "taxonomy.yaml",
            f"{key}.{attribute}",
            getattr(kind, attribute),
            among=codes_of(facets[facet]),
            list_name=f"facets/{facet}.yaml",
        )
    targets = [target.code for target in files.one("referrals.yaml", ReferralFile).codes]
    yield from unknown(
        "taxonomy.yaml", f"{key}.refers_to", kind.refers_to, among=targets, list_name="referrals.yaml"
    )
