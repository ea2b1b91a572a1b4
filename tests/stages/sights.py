"""Random scopes over the coined world, and their plain Python twin, for the scope tests of every scoped model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from kentongan.accounts.labels import Label
from kentongan.accounts.scopes import Scope, Sight
from kentongan.places.keys import key_of, range_of
from tests import factories

CODES = list(factories.WALUKU)
PLACES = {code: key_of(code) for code in CODES}
_ranges = st.lists(st.sampled_from(CODES).map(range_of), max_size=2).map(tuple)


@st.composite
def _sights(draw: st.DrawFn) -> Sight:
    return Sight(
        agency_id=draw(st.integers(1, 6)),
        own=draw(_ranges),
        neighbours=draw(_ranges),
        unverified=draw(st.booleans()),
        label=draw(st.sampled_from(Label)),
        addressed_only=draw(st.booleans()),
    )


scopes = st.lists(_sights(), max_size=3).map(lambda sights: Scope(tuple(sights)))


def at_agencies(scope: Scope, numbers: Sequence[int]) -> Scope:
    """The same scope at real agencies; a sight may also belong to one that nothing here concerns."""
    known = [*numbers, 0]
    return Scope(
        tuple(replace(sight, agency_id=known[sight.agency_id % len(known)]) for sight in scope.sights)
    )


def twin_own(sight: Sight, key: int) -> bool:
    return not sight.addressed_only and any(part.low <= key < part.high for part in sight.own)


def twin_seen(sight: Sight, key: int) -> bool:
    seen = (*sight.own, *sight.neighbours)
    return not sight.addressed_only and any(part.low <= key < part.high for part in seen)
