"""Sound rows, bad rows, and what a list changes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kentongan.places.decisions import KnownRegion, ListedRegion, check_list, plan_changes, shrinks_too_much

JAVA = ListedRegion(2, "35", "Jawa Timur")
PASURUAN = ListedRegion(3, "35.14", "Kabupaten Pasuruan")
WIB, WIT = "Asia/Jakarta", "Asia/Jayapura"


def known(*codes: str, ours: bool = True) -> Mapping[str, KnownRegion]:
    names = {
        "35": ("provinsi", "Jawa Timur"),
        "35.14": ("kabupaten", "Pasuruan"),
        "35.14.16": ("kecamatan", "Kraton"),
    }
    return {code: KnownRegion(code, *names[code], WIB, ours) for code in codes}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ListedRegion(4, "3514", "Kabupaten Pasuruan"), "tidak berbentuk"),
        (ListedRegion(4, "35.14", "Kabupaten Lain"), "sudah ada di baris 3"),
        (ListedRegion(4, "36.01.01", "Sumber"), "wilayah induk 36.01 tidak ada"),
        (ListedRegion(4, "35.15", "Sidoarjo"), "tidak menyebut jenis wilayah"),
        (ListedRegion(4, "35.14.16", ""), "nama kosong"),
        (ListedRegion(4, "35.14.16", "---"), "nama kosong"),
        (ListedRegion(4, "35.14.16", "Kra\x00ton"), "tanda yang tidak terbaca"),
        (ListedRegion(4, "35.14.16", "K" * 101), "lebih panjang dari 100"),
        (ListedRegion(4, "99", "Bimasakti Raya"), "zona waktu provinsi 99 tidak dikenal"),
        (ListedRegion(4, "99", "Bimasakti Raya", "Asia/Tokyo"), "zona waktu provinsi 99 tidak dikenal"),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason_and_the_good_ones_are_kept(
    row: ListedRegion, reason: str
) -> None:
    checked = check_list([JAVA, PASURUAN, row], known={})
    assert [error.line for error in checked.errors] == [4]
    assert reason in checked.errors[0].reason
    assert set(checked.regions) == {"35", "35.14"}


def test_a_parent_may_stand_below_its_child_in_the_file() -> None:
    assert set(check_list([PASURUAN, JAVA], known={}).regions) == {"35", "35.14"}


def test_what_stands_below_a_bad_row_is_left_out_too() -> None:
    rows = [JAVA, ListedRegion(3, "35.14", "Pasuruan"), ListedRegion(4, "35.14.16", "Kraton")]
    assert [error.line for error in check_list(rows, known={}).errors] == [3, 4]


def test_a_province_brings_its_own_zone_and_those_below_follow() -> None:
    rows = [ListedRegion(2, "99", "Bimasakti Raya", WIT), ListedRegion(3, "99.01", "Kabupaten Waluku")]
    assert {region.time_zone for region in check_list(rows, known={}).regions.values()} == {WIT}


def test_the_same_list_again_changes_nothing() -> None:
    plan = plan_changes(check_list([JAVA, PASURUAN], known={}), known=known("35", "35.14"))
    assert (plan.opened, plan.renamed, plan.closed, plan.unchanged) == ([], [], [], 2)


def test_a_code_the_list_no_longer_names_is_closed() -> None:
    plan = plan_changes(check_list([JAVA], known={}), known=known("35", "35.14"))
    assert plan.closed == ["35.14"]


def test_a_bad_row_closes_neither_its_region_nor_those_below_it() -> None:
    before = known("35", "35.14", "35.14.16")
    rows = [JAVA, ListedRegion(3, "35.14", ""), ListedRegion(4, "35.14.16", "Kraton")]
    assert plan_changes(check_list(rows, known=before), known=before).closed == []


def test_a_region_stays_while_the_list_names_one_below_it() -> None:
    before = known("35", "35.14", "35.14.16")
    rows = [JAVA, ListedRegion(4, "35.14.16", "Kraton")]
    assert plan_changes(check_list(rows, known=before), known=before).closed == []


def test_regions_of_another_source_are_never_closed() -> None:
    before = known("35", "35.14", ours=False)
    assert plan_changes(check_list([], known=before), known=before).closed == []


@pytest.mark.parametrize(
    ("closed", "in_force", "too_much"), [(0, 0, False), (5, 100, False), (6, 100, True), (1, 1, True)]
)
def test_a_list_that_loses_more_than_the_limit_is_taken_for_a_cut_one(
    closed: int, in_force: int, too_much: bool
) -> None:
    assert shrinks_too_much(closed, in_force=in_force, largest_loss=0.05) is too_much
