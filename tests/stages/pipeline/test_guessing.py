"""What is suggested about a stored report: by its channel, from its area, always with words; and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kentongan.intake.models import Report
from kentongan.pipeline.guessing import (
    KIND_METHOD,
    METHOD,
    read_article_text,
    read_message_text,
    reading_of,
    suggest_for_report,
    within_of,
    within_of_ranges,
)
from kentongan.places.keys import key_of, range_of
from tests.analysis.text.lawful_texts import LAWFUL
from tests.flow.conftest import fresh_gazetteer, story
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

__all__ = ["fresh_gazetteer", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("story")]


def guesses(report: Report) -> dict[str, tuple[object, list[str], str]]:
    suggest_for_report(report.pk, at=NOW)
    return {one.kind: (one.value, one.evidence, one.method) for one in report.suggestions.order_by("pk")}


def test_a_message_gets_a_village_of_its_kabupaten_and_a_type_with_their_words() -> None:
    found = guesses(
        world.report("tugu perguruan dicoret di ds sumberluku, mau balas", area=key_of("99.01.02"))
    )
    place, words, method = found["place"]
    assert (place["code"], words, method) == ("99.01.01.2001", ["sumberluku"], METHOD)
    kind, words, method = found["type"]
    assert (kind["code"], method) == ("KEL.02", KIND_METHOD)
    assert {"perguruan", "dicoret"} <= set(words)
    assert found["tile"][0]["code"] == "antarkelompok"


def test_a_message_without_a_place_is_read_from_the_areas_of_its_desk() -> None:
    assert guesses(world.report("ribut di sumberluku", area=None))["place"][0]["code"] == "99.01.01.2001"


def test_a_message_that_names_another_kabupaten_is_not_pulled_home() -> None:
    found = guesses(world.report("Di Kab. Lintang Wuluh ada ribut, kata orang Sumberluku.", area=None))
    assert found["place"][0]["code"] == "99.02"


def test_a_hint_stands_where_no_type_does() -> None:
    found = guesses(world.report("Lampu jalan mati tiga malam."))
    assert found["hint"][:2] == (
        {"code": "service_complaint", "score": 0.5, "alternatives": []},
        ["Lampu jalan"],
    )
    assert "type" not in found


def test_a_place_that_was_said_is_no_reason_to_warn_that_none_was() -> None:
    assert "tanpa_tempat" in guesses(world.report("Warga resah.", area=None))["flags"][0]
    assert "flags" not in guesses(world.report("Warga resah sekali.", area=key_of("99.01.01")))


def test_an_open_date_is_flagged_with_its_words() -> None:
    found = guesses(world.report("Rapat warga tanggal 2/12/2024 di balai desa."))
    assert found["dates"][0][0]["ambiguous"]
    assert found["flags"][:2] == (["tanggal_ambigu"], ["2/12/2024"])


def test_suggestions_are_kept_once_however_often_they_are_asked() -> None:
    report = world.report("tugu perguruan dicoret di ds sumberluku")
    assert suggest_for_report(report.pk, at=NOW) > 0
    assert suggest_for_report(report.pk, at=NOW) == 0


def test_every_suggestion_about_content_rests_on_words_of_the_report() -> None:
    texts = ["Patok batas sawah dipindah di Sumberluku 2/12/2024.", "Bupati gagal.", *LAWFUL[:10]]
    for text in texts:
        report = world.report(text)
        for kind, (_, words, _) in guesses(report).items():
            assert words or kind == "flags"
            assert all(word in report.text_masked for word in words)


@pytest.mark.parametrize("text", LAWFUL)
def test_no_lawful_report_is_given_a_type_through_the_whole_way(text: str) -> None:
    found = read_message_text(text, within=("99.01",))
    assert not {"type", "tile"} & {guess.kind for guess in found.guesses}


def test_the_masked_text_is_what_is_read() -> None:
    report = world.report("Hubungi 0812-3456-7890, patok sawah dipindah.")
    assert not any("0812" in str(part) for found in guesses(report).values() for part in found)


def test_an_article_is_read_by_its_beginning_and_a_message_whole() -> None:
    filler = "Camat membuka acara. " * 60
    text = f"Rapat Camat Tegalwuku\n\n{filler}\n\nTugu perguruan dicoret, pemuda mau balas."
    assert read_article_text(text).kinds.type is None
    kind = read_message_text(text).kinds.type
    assert kind is not None
    assert kind.code == "KEL.02"


def test_names_are_sought_in_the_kabupaten_of_the_place_or_of_the_desk() -> None:
    assert within_of(key_of("99.01.01.2001"), desk=None) == ("99.01",)
    assert within_of(key_of("99"), desk=None) == ("99",)
    assert within_of(None, desk=world.desk().pk) == ("99.01",)
    assert within_of(None, desk=None) == ()
    assert within_of_ranges([range_of("99.01.01"), range_of("99.01.02"), range_of("99")]) == ("99.01", "99")


def test_a_report_is_read_by_its_channel() -> None:
    report = world.report("tugu perguruan dicoret di ds sumberluku")
    assert reading_of(report).kinds.type is not None


def test_the_workshops_articles_that_list_every_threat_are_given_no_type(shared_dir: Path) -> None:
    for path in sorted((shared_dir / "seeds").glob("*.txt")):
        found = read_article_text(path.read_text(encoding="utf-8"))
        assert found.kinds.type is None, path.name
