"""Numbers, dates and ages as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.edge import formats

MORNING = datetime(2026, 11, 12, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Asia/Jakarta", "12 Nov 2026, 08.15 WIB"),
        ("Asia/Pontianak", "12 Nov 2026, 08.15 WIB"),
        ("Asia/Makassar", "12 Nov 2026, 09.15 WITA"),
        ("Asia/Jayapura", "12 Nov 2026, 10.15 WIT"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_its_region(zone: str, expected: str) -> None:
    assert formats.local_time(MORNING, zone) == expected


def test_english_writes_the_clock_with_a_colon() -> None:
    assert formats.local_time(MORNING, "Asia/Jakarta", language="en-gb") == "12 Nov 2026, 08:15 WIB"


def test_the_clock_of_the_strip_carries_the_weekday() -> None:
    assert formats.local_weekday_time(MORNING, "Asia/Jakarta") == "Kam 12 Nov 2026, 08.15 WIB"


def test_the_day_is_the_day_of_the_region() -> None:
    late = datetime(2026, 11, 12, 16, 30, tzinfo=UTC)
    assert formats.local_time(late, "Asia/Jayapura") == "13 Nov 2026, 01.30 WIT"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        formats.local_time(datetime(2026, 11, 12), "Asia/Jakarta")


@pytest.mark.parametrize(("language", "expected"), [("id", "Kam 14 Mei 2026"), ("en", "Thu 14 May 2026")])
def test_a_day_carries_its_weekday(language: str, expected: str) -> None:
    assert formats.format_weekday_date(date(2026, 5, 14), language=language) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234, None, "1.234"),
        (1234.5, None, "1.234,5"),
        (0, None, "0"),
        (-6, None, "−6"),
        (-0.001, None, "0"),
        (2.0, 1, "2,0"),
        (Decimal(83762), None, "83.762"),
    ],
)
def test_numbers_use_the_indonesian_marks(value: float, decimals: int | None, expected: str) -> None:
    assert formats.format_number(value, decimals=decimals) == expected


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
def test_a_missing_number_is_never_written_as_zero(missing: float | None) -> None:
    assert formats.format_number(missing) == formats.MISSING


@settings(max_examples=50)
@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_indonesian_and_english_differ_only_in_their_marks(value: int) -> None:
    indonesian = formats.format_number(value, decimals=2)
    english = formats.format_number(value, decimals=2, language="en")
    assert indonesian.translate(str.maketrans(",.", ".,")) == english
    assert float(english.replace(",", "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(seconds=20), "< 1 mnt"),
        (timedelta(minutes=45), "45 mnt"),
        (timedelta(minutes=60), "1 j"),
        (timedelta(hours=23, minutes=59), "23 j"),
        (timedelta(hours=24), "1 hr"),
        (timedelta(days=19), "19 hr"),
        (timedelta(hours=-3), "dalam 3 j"),
    ],
)
def test_an_age_is_one_whole_unit(span: timedelta, expected: str) -> None:
    assert formats.format_age(span) == expected


def test_an_age_in_english_uses_english_units() -> None:
    assert formats.format_age(timedelta(days=2), language="en") == "2 d"
