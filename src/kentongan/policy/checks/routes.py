"""Referrals, desks, tiles and refused matters point to what exists."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.policy.checks.taxonomy import codes_of, unknown
from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.routes import (
    AccusedDeskFile,
    AccusedOfficeFile,
    ChecklistFile,
    NotIncidentFile,
    ReferralFile,
    ReportTile,
    TileFile,
)
from kentongan.policy.schema.taxonomy import EventType, FacetFile, TaxonomyFile


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    yield from _referral_findings(files)
    yield from _not_incident_findings(files)
    yield from _tile_findings(files)
    yield from _checklist_findings(files)


def _referral_findings(files: PolicyFiles) -> Iterator[Finding]:
    file = files.one("referrals.yaml", ReferralFile)
    targets = [target.code for target in file.codes]
    served = {matter for target in file.codes for matter in target.matters}
    for target in file.codes:
        key = f"codes.{target.code}"
        yield from unknown(
            "referrals.yaml", f"{key}.matters", target.matters, among=file.matters, list_name="matters"
        )
        yield from unknown(
            "referrals.yaml", f"{key}.if_accused", target.if_accused, among=targets, list_name="codes"
        )
        if bool(target.accused_as) != bool(target.if_accused):
            yield Finding(
                "referrals.yaml",
                f"{key}.if_accused",
                target.if_accused,
                "Give accused_as and if_accused both.",
            )
    for matter in file.matters:
        if matter not in served:
            yield Finding(
                "referrals.yaml", f"matters.{matter}", matter, "Name a body that takes this matter."
            )
    yield from _actor_findings(files)


def _actor_findings(files: PolicyFiles) -> Iterator[Finding]:
    facet = files.folder("facets", FacetFile).get("actor_type")
    if facet is None:
        return
    actors, name = codes_of(facet), "facets/actor_type.yaml"
    for target in files.one("referrals.yaml", ReferralFile).codes:
        key = f"codes.{target.code}.accused_as"
        yield from unknown("referrals.yaml", key, target.accused_as, among=actors, list_name=name)
    desks = [desk.code for desk in files.one("accused_desks.yaml", AccusedDeskFile).codes]
    yield from unknown("accused_desks.yaml", "codes", desks, among=actors, list_name=name)
    targets = [target.code for target in files.one("referrals.yaml", ReferralFile).codes]
    for office in files.one("accused_offices.yaml", AccusedOfficeFile).codes:
        key, file = f"codes.{office.code}", "accused_offices.yaml"
        yield from unknown(file, f"{key}.actor", [office.actor], among=actors, list_name=name)
        yield from unknown(
            file, f"{key}.refers_to", office.refers_to, among=targets, list_name="referrals.yaml"
        )


def _checklist_findings(files: PolicyFiles) -> Iterator[Finding]:
    vocabulary = files.folder("vocabularies", FacetFile).get("check_item")
    items = codes_of(vocabulary) if vocabulary is not None else []
    taxonomy = files.one("taxonomy.yaml", TaxonomyFile)
    known = ["semua", *(each.code for each in taxonomy.classes), *(each.code for each in taxonomy.types)]
    for checklist in files.one("checklists.yaml", ChecklistFile).codes:
        key, file, name = f"codes.{checklist.code}", "checklists.yaml", "vocabularies/check_item.yaml"
        yield from unknown(file, "codes", [checklist.code], among=known, list_name="taxonomy.yaml")
        yield from unknown(file, f"{key}.items", checklist.items, among=items, list_name=name)
        yield from unknown(
            file, f"{key}.required", checklist.required, among=checklist.items, list_name="items"
        )


def _not_incident_findings(files: PolicyFiles) -> Iterator[Finding]:
    targets = [target.code for target in files.one("referrals.yaml", ReferralFile).codes]
    for matter in files.one("not_an_incident.yaml", NotIncidentFile).codes:
        yield from unknown(
            "not_an_incident.yaml",
            f"codes.{matter.code}.refers_to",
            matter.refers_to,
            among=targets,
            list_name="referrals.yaml",
        )


def _tile_findings(files: PolicyFiles) -> Iterator[Finding]:
    taxonomy = files.one("taxonomy.yaml", TaxonomyFile)
    types = {kind.code: kind for kind in taxonomy.types}
    known = [*types, *(f"{entry.code}.*" for entry in taxonomy.classes)]
    for tile in files.one("report_tiles.yaml", TileFile).codes:
        key = f"codes.{tile.code}.suggests"
        yield from unknown("report_tiles.yaml", key, tile.suggests, among=known, list_name="taxonomy.yaml")
        yield from _retired_suggestions(tile, key=key, types=types)


def _retired_suggestions(tile: ReportTile, *, key: str, types: dict[str, EventType]) -> Iterator[Finding]:
    """A retired type may stay for the days it was in force, but its successor must stand beside it."""
    for code in tile.suggests:
        successor = types[code].successor if code in types else None
        if successor is not None and not {successor, f"{successor.split('.')[0]}.*"} & set(tile.suggests):
            yield Finding(
                "report_tiles.yaml", key, code, f"The type is retired; add its successor {successor}."
            )
