"""Every reading a date allows, and no more; a missing year stays missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.calendar_words import WEEKDAYS
from kentongan.analysis.text.dates import ClockTime, DatePrecision, find_dates, full_years, named_years

NAMES = {number: name for name, number in WEEKDAYS.items() if name != "ahad"}


def readings(text: str, *years: int) -> list[list[str]]:
    return [[one.iso() for one in found.alternatives] for found in find_dates(text, years=years)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selasa, 23 Mei 2023 pukul 10.00 WIB", [["2023-05-23"]]),
        ("Senin (25/09/2023)", [["2023-09-25"]]),
        ("sejak 14 Juni 2022", [["2022-06-14"]]),
        ("2023-06-20 13:23:04", [["2023-06-20"]]),
        ("5 Agt 2024", [["2024-08-05"]]),
        ("Jum'at 3 Jan. 2025", [["2025-01-03"]]),
        ("pada November 2023", [["2023-11"]]),
        ("pada tahun 2024", [["2024"]]),
        ("27-28 November 2024", [["2024-11-27"], ["2024-11-28"]]),
        ("Nomor 46 Tahun 2019", []),
        ("nomor 100.3.4.1/4066/BKBP/Gub", []),
        ("skor (2-1) dan pukul 10.00, setengah (1/2)", []),
        ("Kodim 0804/12 dan RT 03/11", []),
        ("31 Februari 2024", []),
        ("", []),
    ],
)
def test_dates_are_read_as_written(text: str, expected: list[list[str]]) -> None:
    assert readings(text) == expected


def test_day_and_month_stay_open_when_both_readings_fit_the_weekday() -> None:
    found = find_dates("Senin (12/02)", years=[2024])[0]
    assert [one.exact for one in found.alternatives] == [date(2024, 2, 12), date(2024, 12, 2)]
    assert found.is_ambiguous_day
    assert found.is_year_inferred
    assert found.evidence[0].text == "Senin (12/02)"


def test_the_weekday_decides_when_only_one_reading_fits() -> None:
    assert readings("Senin (07/09)", 2026) == [["2026-09-07"]]


def test_a_weekday_that_fits_no_reading_is_told_and_nothing_is_dropped() -> None:
    found = find_dates("Minggu (12/02)", years=[2024])[0]
    assert found.is_weekday_mismatch
    assert len(found.alternatives) == 2


def test_a_wrong_weekday_beside_a_full_date_is_told() -> None:
    assert find_dates("Rabu, 23 Mei 2023")[0].is_weekday_mismatch


def test_a_numeric_date_without_weekday_keeps_both_orders() -> None:
    assert readings("tanggal 05/09/2023") == [["2023-09-05", "2023-05-09"]]


def test_a_date_without_any_year_stays_without_one() -> None:
    found = find_dates("27 November")[0]
    assert found.alternatives[0].precision is DatePrecision.DAY_OF_YEAR
    assert found.alternatives[0].iso() == "--11-27"
    assert not found.is_year_inferred


def test_several_possible_years_are_all_kept() -> None:
    assert readings("bulan November", 2023, 2024) == [["2023-11", "2024-11"]]


def test_an_open_month_is_no_ambiguous_day() -> None:
    assert not find_dates("bulan November", years=[2023, 2024])[0].is_ambiguous_day


def test_leap_day_is_kept_only_where_it_exists() -> None:
    assert readings("29 Februari", 2023, 2024) == [["2024-02-29"]]


def test_the_time_of_day_is_read_with_its_zone() -> None:
    assert find_dates("Selasa, 23 Mei 2023 pukul 10.05 WITA")[0].time == ClockTime(10, 5, "WITA")


def test_equal_dates_are_one_with_all_their_places() -> None:
    found = find_dates("Senin (25/09/2023). Lalu 25 September 2023.")
    assert [len(one.evidence) for one in found] == [2]


def test_the_year_of_a_regulation_is_no_hint() -> None:
    text = "Nomor 46 Tahun 2019, Pilkada 2024 pada 27 November"
    assert named_years(text) == {2024}
    assert full_years(text) == set()
    assert full_years("14 Juni 2022 dan 27 November") == {2022}


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_full_date_with_its_weekday_is_read_back(day: date) -> None:
    found = find_dates(f"{NAMES[day.weekday()].title()} ({day:%d/%m/%Y})")[0]
    assert day in [one.exact for one in found.alternatives]
    assert not found.is_weekday_mismatch
    assert all(one.exact and one.exact.weekday() == day.weekday() for one in found.alternatives)


date_like = st.text(alphabet="0123456789/-.() ,", max_size=12)
pieces = st.one_of(
    date_like, st.sampled_from(["Senin ", "Mei", " Februari ", "tahun ", "2024", "31", "bulan "])
)


@given(st.lists(pieces, max_size=10).map("".join), st.sets(st.integers(1900, 2200), max_size=3))
def test_all_readings_are_days_that_exist_and_stand_in_the_text(text: str, years: set[int]) -> None:
    for found in find_dates(text, years=years):
        assert found.alternatives
        assert all(one.is_valid for one in found.alternatives)
        assert len(set(found.alternatives)) == len(found.alternatives)
        assert all(text[span.start : span.end] == span.text != "" for span in found.evidence)
