"""The only writer of places: loading a list, adding another name, recording successions, boundaries read or drawn.

A list is compared with the regions in force (`decisions.py`); only the difference is written, so a second
load changes nothing. Vanished codes are closed with a date; no row is ever removed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.places import boundary_writing, list_writing
from kentongan.places.boundaries import BoundaryBatch, FeatureFault, PreparedOutline
from kentongan.places.decisions import (
    LONGEST_NAME,
    CheckedList,
    KnownRegion,
    ListPlan,
    RowError,
    check_list,
    plan_changes,
    shrinks_too_much,
)
from kentongan.places.keys import range_of
from kentongan.places.lists import RegionListing
from kentongan.places.models import Boundary, Region, RegionAlias, RegionList, RegionSuccession
from kentongan.places.spelling import search_name

# A list that loses more than this share is taken for a cut file until a person says otherwise.
LARGEST_LOSS = 0.05


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """What a load changed, in rows."""

    opened: int
    renamed: int
    closed: int
    unchanged: int
    islands: int
    aliases: int
    errors: tuple[RowError, ...]

    @property
    def changed(self) -> bool:
        return any((self.opened, self.renamed, self.closed, self.islands, self.aliases))


@dataclass(frozen=True, slots=True)
class BoundaryOutcome:
    """What an import of boundaries changed."""

    written: int
    replaced: int
    faults: tuple[FeatureFault, ...]


@action
def load_regions(
    listing: RegionListing, *, at: datetime, actor: str, largest_loss: float = LARGEST_LOSS
) -> LoadOutcome:
    """Bring the regions in force in line with a list; bad rows are left out and reported.

    Raises Problem "places.list_shrinks" if more than `largest_loss` of this source's regions would be closed.
    """
    known, ours = _in_force(listing.facts.source)
    checked = check_list(listing.rows, known=known)
    plan = plan_changes(checked, known=known)
    if shrinks_too_much(len(plan.closed), in_force=ours, largest_loss=largest_loss):
        raise Problem("places.list_shrinks", value=len(plan.closed), total=ours)
    on = listing.facts.effective or at.date()
    list_writing.close_regions(plan.closed, on=on)
    list_writing.rename_regions(plan.renamed, on=on)
    edition = _new_edition(listing, on=on, at=at) if plan.opened else None
    if edition is not None:
        # The first list of a source does not say since when; what a later one adds began with that one.
        list_writing.open_regions(plan.opened, since=on if ours else None, edition=edition)
    islands = list_writing.bring_islands(listing.islands, on=on)
    aliases = list_writing.bring_aliases(listing.aliases, source=listing.facts.source)
    outcome = _outcome(plan, checked, islands=islands, aliases=aliases)
    if outcome.changed:
        _record_load(edition or _new_edition(listing, on=on, at=at), outcome, at=at, actor=actor)
    return outcome


@action
def add_alias(region: Region, name: str, *, source: str, at: datetime, actor: str) -> RegionAlias:
    """Let a region be found under another name too."""
    name = " ".join(name.split())
    searched = search_name(name)
    if not searched or max(len(name), len(searched)) > LONGEST_NAME:
        raise Problem("places.alias_empty", value=name)
    if RegionAlias.objects.filter(region=region, search_name=searched).exists():
        raise Problem("places.alias_known", value=name, region=region.short_name)
    alias = RegionAlias.objects.create(region=region, name=name, search_name=searched, source=source)
    _record(region, "region.alias_added", at=at, actor=actor, detail={"name": name, "source": source})
    return alias


@action
def record_succession(
    old: Region, new: Region, *, since: date, source: str, at: datetime, actor: str, note: str = ""
) -> RegionSuccession:
    """Write down that `new` took the place of `old`, wholly or in part, since a day."""
    if old.pk == new.pk or RegionSuccession.objects.filter(old=old, new=new).exists():
        raise Problem("places.succession_refused", value=str(new), old=str(old))
    succession = RegionSuccession.objects.create(old=old, new=new, since=since, source=source, note=note)
    _record(
        old,
        "region.succeeded",
        at=at,
        actor=actor,
        detail={"new": new.code, "since": since.isoformat(), "source": source},
    )
    return succession


@action
def load_boundaries(batch: BoundaryBatch, *, at: datetime, actor: str) -> BoundaryOutcome:
    """Write the outlines of an import; what was there for the same regions before is replaced.

    Outlines of unknown or retired codes are left out and reported. Raises Problem if none is left.
    """
    regions = boundary_writing.regions_of(outline.code for outline in batch.outlines)
    known = [outline for outline in batch.outlines if outline.code in regions]
    unknown = [outline.code for outline in batch.outlines if outline.code not in regions]
    faults = (*batch.faults, *boundary_writing.faults_of_codes(unknown))
    if not known:
        raise Problem("places.boundaries_empty", value=len(faults), why=faults[0].line() if faults else "–")
    return _written(batch, known, regions, faults=faults, at=at, actor=actor)


@action
def draw_boundaries(batch: BoundaryBatch, *, root: str, at: datetime, actor: str) -> BoundaryOutcome:
    """Write generated outlines. Raises Problem where imported ones are there: a schema never replaces the real thing."""
    real = Boundary.objects.filter(region__key__in_region=range_of(root), drawn_from__generated=False)
    if real.exists():
        raise Problem("places.boundaries_imported", value=root, count=real.count())
    regions = boundary_writing.regions_of(outline.code for outline in batch.outlines)
    return _written(batch, batch.outlines, regions, faults=(), at=at, actor=actor)


def _written(
    batch: BoundaryBatch,
    outlines: Sequence[PreparedOutline],
    regions: Mapping[str, int],
    *,
    faults: tuple[FeatureFault, ...],
    at: datetime,
    actor: str,
) -> BoundaryOutcome:
    facts = batch.facts
    edition, replaced = boundary_writing.replace_outlines(outlines, regions, facts=facts, at=at)
    detail: dict[str, Any] = {"source": facts.source, "licence": facts.licence, "sha256": facts.sha256}
    detail |= {"written": len(outlines), "replaced": replaced, "errors": len(faults)}
    what = "boundaries.drawn" if facts.generated else "boundaries.loaded"
    audit.record(what, actor=actor, at=at, subject=f"boundary_set:{edition.pk}", detail=detail)
    return BoundaryOutcome(len(outlines), replaced, faults)


def _in_force(source: str) -> tuple[dict[str, KnownRegion], int]:
    """The regions valid today by code, and how many of them lists of this source opened."""
    rows = Region.objects.filter(valid_to=None).values_list(
        "code", "kind", "name", "time_zone", "opened_by__source"
    )
    known = {
        code: KnownRegion(code, kind, name, zone, whose == source) for code, kind, name, zone, whose in rows
    }
    return known, sum(region.ours for region in known.values())


def _new_edition(listing: RegionListing, *, on: date, at: datetime) -> RegionList:
    facts = {key: value for key, value in asdict(listing.facts).items() if key != "effective"}
    return RegionList.objects.create(**facts, effective=on, loaded_at=at)


def _outcome(plan: ListPlan, checked: CheckedList, *, islands: int, aliases: int) -> LoadOutcome:
    return LoadOutcome(
        opened=len(plan.opened),
        renamed=len(plan.renamed),
        closed=len(plan.closed),
        unchanged=plan.unchanged,
        islands=islands,
        aliases=aliases,
        errors=checked.errors,
    )


def _record_load(edition: RegionList, outcome: LoadOutcome, *, at: datetime, actor: str) -> None:
    counts: dict[str, Any] = {
        name: getattr(outcome, name)
        for name in ("opened", "renamed", "closed", "unchanged", "islands", "aliases")
    }
    counts["errors"] = len(outcome.errors)
    edition.counts = counts
    edition.save(update_fields=["counts"])
    detail = {"source": edition.source, "version": edition.version, "sha256": edition.sha256, **counts}
    audit.record("regions.loaded", actor=actor, at=at, subject=f"region_list:{edition.pk}", detail=detail)


def _record(region: Region, what: str, *, at: datetime, actor: str, detail: Mapping[str, str]) -> None:
    audit.record(what, actor=actor, at=at, area=region.key, subject=f"region:{region.pk}", detail=detail)
