"""A small list with the traps of the real one: doubled and spaced names, city and regency of one name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from kentongan.places import actions
from kentongan.places.actions import LoadOutcome
from kentongan.places.lists import NATIONAL_SOURCE, RegionListing, listing_of

AT = datetime(2026, 3, 5, 1, 0, tzinfo=timezone.utc)
ACTOR = "sistem:uji"

SAMPLE: tuple[tuple[str, str], ...] = (
    ("15", "Jambi"),
    ("15.04", "Kabupaten Batanghari"),
    ("17", "Bengkulu"),
    ("17.06", "Kabupaten Mukomuko"),
    ("18", "Lampung"),
    ("18.02", "Kabupaten Lampung Tengah"),
    ("18.02.23", "Kota Gajah"),
    ("19", "Kepulauan Bangka Belitung"),
    ("31", "Daerah Khusus Ibukota Jakarta"),
    ("31.75", "Kota Administrasi Jakarta Timur"),
    ("33", "Jawa Tengah"),
    ("33.01", "Kabupaten Cilacap"),
    ("33.01.04", "Binangun"),
    ("33.01.04.2010", "Pasuruhan"),
    ("33.17", "Kabupaten Rembang"),
    ("35", "Jawa Timur"),
    ("35.14", "Kabupaten Pasuruan"),
    ("35.14.15", "Rembang"),
    ("35.14.15.2009", "Rembang"),
    ("35.14.15.2013", "Oro-Oro Ombokulon"),
    ("35.14.16", "Kraton"),
    ("35.14.16.2006", "Kraton"),
    ("35.75", "Kota Pasuruan"),
    ("35.75.03", "Bugul Kidul"),
    ("35.75.03.1001", "Bugul Lor"),
    ("65", "Kalimantan Utara"),
    ("91", "Papua"),
    ("91.03", "Kabupaten Jayapura"),
    ("91.03.01", "Sentani"),
    ("91.03.01.3007", "Desa Adat Yoboi"),
    ("92", "Papua Barat"),
    ("92.03", "Kabupaten Fak Fak"),
)
ALIASES = (("19", "Babel"), ("65", "Kaltara"), ("31", "Jakarta"), ("35", "Jatim"))


def listing(
    *changes: tuple[str, str], without: tuple[str, ...] = (), source: str = NATIONAL_SOURCE
) -> RegionListing:
    """The sample with rows changed or added, and subtrees left out."""
    rows = {**dict(SAMPLE), **dict(changes)}
    kept = [
        (code, name)
        for code, name in rows.items()
        if not any(code == gone or code.startswith(f"{gone}.") for gone in without)
    ]
    made = listing_of(source, kept)
    return RegionListing(made.facts, made.rows, None, ALIASES)


Load = Callable[..., LoadOutcome]


@pytest.fixture
def load(db: None) -> Load:
    """Load a listing; a load of a small sample may close any share."""

    def load_listing(wanted: RegionListing, *, at: datetime = AT, largest_loss: float = 1.0) -> LoadOutcome:
        return actions.load_regions(wanted, at=at, actor=ACTOR, largest_loss=largest_loss)

    return load_listing


@pytest.fixture
def sample(load: Load) -> LoadOutcome:
    """The small list, loaded."""
    return load(listing())
