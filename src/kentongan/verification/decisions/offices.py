"""Offices that a report or an event accuses: they neither judge it nor are asked about it (R03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Kinds of agency by the actor type of `policy` that stands for them. Kesbangpol belongs to the Pemda too, but the rule
# for it is the level of its desk: else no Kesbangpol could judge an event in which the Satpol PP takes part.
ACTOR_OF_KIND = {
    "desa": "A12",
    "kecamatan": "A13",
    "satpol_pp": "A13",
    "pimpinan": "A13",
    "dinas": "A13",
    "diskominfo": "A13",
    "bpbd": "A13",
    "polri": "A14",
    "tni": "A15",
    "kpu": "A16",
    "bawaslu": "A16",
}

# Whom a desk may ask to look on the spot, in the order in which they are offered.
ASKED_KINDS = ("desa", "polri", "tni", "fkdm", "kecamatan")

# Offices in the line of the local government: the FKDM of a village is set up by its head, the kecamatan is above him.
# A matter about an office of that line is asked of none below the level that may read about it.
_LOCAL_LINE = frozenset({"desa", "fkdm", "kecamatan"})
_LOCAL_ACTORS = frozenset({"A12", "A13"})

# An office that this version of the rules does not know: it might be any.
UNKNOWN_OFFICE = "?"


@dataclass(frozen=True, slots=True)
class Accusation:
    """One office that is accused, as an actor type. `lowest_level` is the finest desk that may read of it, 1 province
    to 4 desa; None for an office that is only a party of the event.
    """

    actor: str
    lowest_level: int | None = None


def may_judge(kinds: Iterable[str], desk_level: int, accusations: Iterable[Accusation]) -> bool:
    """Whether somebody who works in agencies of these `kinds` and judges from a desk of `desk_level` may do so here.

    Not whoever works in an office of the accused kind; not at a desk below the level that may read of it.
    """
    actors, named = {ACTOR_OF_KIND.get(kind) for kind in kinds}, list(accusations)
    if any(each.actor in actors for each in named):
        return False
    return all(each.lowest_level is None or desk_level <= each.lowest_level for each in named)


def may_be_asked(kind: str, level: int, accusations: Iterable[Accusation]) -> bool:
    """Whether an office of this kind, with its widest area at this level, may be asked to look on the spot."""
    return not any(_is_concerned(kind, level, each) for each in accusations)


def _is_concerned(kind: str, level: int, accused: Accusation) -> bool:
    if accused.actor in (UNKNOWN_OFFICE, ACTOR_OF_KIND.get(kind)):
        return True
    below = accused.lowest_level is not None and level > accused.lowest_level
    return kind in _LOCAL_LINE and accused.actor in _LOCAL_ACTORS and below
