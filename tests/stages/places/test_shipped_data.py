"""The files in `places/data`: whole, licensed, apart from code, and what the tool makes of the source."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from tools import build_regions

from kentongan.edge.problems import Problem
from kentongan.places import lists
from kentongan.places.keys import Level, level_of
from kentongan.places.spelling import search_name


@pytest.fixture(scope="module")
def shipped() -> lists.RegionListing:
    return lists.shipped_list()


def test_the_list_holds_every_region_of_the_four_levels(shipped: lists.RegionListing) -> None:
    levels = [level_of(row.code) for row in shipped.rows]
    assert [levels.count(level) for level in Level] == [38, 514, 7285, 83762]
    assert shipped.islands is not None
    assert len(shipped.islands) == 17373


def test_a_damaged_file_stops_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lzma, "decompress", lambda _packed: b"code,name\n11,Aceh\n")
    with pytest.raises(Problem, match=r"regions\.csv\.xz is damaged"):
        lists.shipped_list()


def test_every_other_name_belongs_to_a_listed_region(shipped: lists.RegionListing) -> None:
    codes = {row.code for row in shipped.rows}
    assert [code for code, _ in shipped.aliases if code not in codes] == []
    assert all(search_name(name) for _, name in shipped.aliases)


def test_the_data_lie_apart_with_their_licence_and_no_code(repository: Path) -> None:
    folder = repository / "src" / "kentongan" / "places" / "data"
    assert {path.name for path in folder.iterdir()} == {
        "LICENSE-ODbL.txt", "README.md", "aliases.yaml", "edition.yaml", "islands.csv.xz", "regions.csv.xz",
    }  # fmt: skip
    assert "Open Database License" in (folder / "LICENSE-ODbL.txt").read_text(encoding="utf-8")
    assert build_regions.ATTRIBUTION in lists.shipped_list().facts.attribution


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("03°19'03.44\" N 097°07'41.73\" E", ("3.317622", "97.128258")),
        ("01°08'53.53\" S 100°19'48.90\" E", ("-1.148203", "100.330250")),
        ("", ("", "")),
    ],
)
def test_positions_become_decimal_degrees(written: str, degrees: tuple[str, str]) -> None:
    assert build_regions.position(written) == degrees


def test_another_tarball_is_refused_by_its_hash() -> None:
    with pytest.raises(build_regions.BuildError, match="sha512"):
        build_regions.build(b"something else")
