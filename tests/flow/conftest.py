"""A world with its list of regions loaded, as an instance has it, and a domain clock that stands in the story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kentongan.edge.clocks import set_domain_clock
from kentongan.pipeline.gazetteers import forget_gazetteers
from kentongan.places.actions import load_regions
from kentongan.places.lists import listing_of
from tests import factories


@pytest.fixture
def fresh_gazetteer() -> Iterator[None]:
    """The names of one test's regions are not those of the next."""
    forget_gazetteers()
    yield
    forget_gazetteers()


@pytest.fixture
def story(fresh_gazetteer: None) -> None:
    """The coined world, loaded as a list of regions is, on Thursday 12 November 2026, 08.15 WIB."""
    listing = listing_of("uji", list(factories.WALUKU.items()), time_zone=factories.ZONE)
    load_regions(listing, at=factories.NOW, actor="sistem:uji")
    set_domain_clock(origin=factories.NOW)
