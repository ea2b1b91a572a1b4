"""The five real articles the project grew from, with the official list of regions."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kentongan.analysis.text.dates import DateSuggestion
from kentongan.analysis.text.duplicates import duplicate_of
from kentongan.analysis.text.gazetteer import Gazetteer, build_gazetteer
from kentongan.analysis.text.place_names import PlaceName
from kentongan.analysis.text.reading import ArticleReading, TextFlag, read_article
from kentongan.analysis.text.terms_id import INDONESIAN


@pytest.fixture(scope="module")
def official(shared_dir: Path) -> Gazetteer:
    with (shared_dir / "data" / "regions" / "wilayah_2025.csv").open(encoding="utf-8", newline="") as rows:
        names = [
            PlaceName(row["code"], row["code"].count(".") + 1, row["name"]) for row in csv.DictReader(rows)
        ]
    return build_gazetteer(names, aliases=INDONESIAN.places.aliases)


@pytest.fixture(scope="module")
def readings(shared_dir: Path, official: Gazetteer) -> dict[str, ArticleReading]:
    return {
        path.name[:3]: read_article(path.read_text(encoding="utf-8"), gazetteer=official, terms=INDONESIAN)
        for path in sorted((shared_dir / "seeds").glob("*.txt"))
    }


def isos(dates: tuple[DateSuggestion, ...]) -> list[list[str]]:
    return [[one.iso() for one in found.alternatives] for found in dates]


@pytest.mark.parametrize(
    ("number", "codes"),
    [("000", {"35.14"}), ("001", {"35.20"}), ("002", {"19"}), ("003", {"15.04"}), ("004", {"65", "65.01"})],
)
def test_each_article_is_placed(readings: dict[str, ArticleReading], number: str, codes: set[str]) -> None:
    place = readings[number].place
    assert place is not None
    assert place.code in codes


@pytest.mark.parametrize(
    ("number", "flags"),
    [
        ("000", set()),
        ("001", set()),
        ("002", {TextFlag.DOUBLED_BODY}),
        ("003", set()),
        ("004", {TextFlag.LOW_QUALITY, TextFlag.AMBIGUOUS_DATE}),
    ],
)
def test_each_article_is_flagged(
    readings: dict[str, ArticleReading], number: str, flags: set[TextFlag]
) -> None:
    assert set(readings[number].flags) == flags


def test_the_desa_of_the_event_is_a_finer_alternative(readings: dict[str, ArticleReading]) -> None:
    place = readings["000"].place
    assert place is not None
    assert "35.14.15.2013" in {one.code for one in place.alternatives}


def test_the_dates_are_read(readings: dict[str, ArticleReading]) -> None:
    assert isos(readings["000"].dates)[:3] == [["2023-05-23"], ["2023"], ["2024"]]
    assert isos(readings["001"].dates) == [["2023-09-25"]]
    assert isos(readings["002"].dates) == []
    assert isos(readings["003"].dates) == [["2022-06-14"]]
    assert isos(readings["004"].dates)[:2] == [["2024-02-12", "2024-12-02"], ["2024-11-27"]]


def test_the_doubled_body_is_printed_once(readings: dict[str, ArticleReading]) -> None:
    reading = readings["002"]
    assert reading.body.count("Kegiatan rakor kali untuk mendeteksi") == 1
    assert reading.collapsed_paragraphs == 10


def test_titles_are_found_or_cut(readings: dict[str, ArticleReading]) -> None:
    title = readings["000"].title
    assert title is not None
    assert title.endswith("Oleh Bakesbangpol Kabupaten Pasuruan")
    assert readings["004"].title == "Pemungutan suara pemilihan kepala daerah (Pilkada) 2024 telah digelar."


def test_the_mangled_words_are_shown(readings: dict[str, ArticleReading]) -> None:
    words = {span.text for span in readings["004"].quality.evidence}
    assert {"Bavaslu", "Partai Demokrat", "Mohammedia", "Surveilans Dini di Daerah"} <= words
    assert all(not readings[number].quality.signs for number in ("000", "001", "002", "003"))


def test_no_article_is_a_copy_of_another(readings: dict[str, ArticleReading]) -> None:
    assert duplicate_of([reading.content for reading in readings.values()]) == (None,) * 5
