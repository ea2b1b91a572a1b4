"""One region for a report, at the level the text supports, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kentongan.analysis.text.place_choice import PlaceSuggestion, suggest_place
from kentongan.analysis.text.terms_id import INDONESIAN_PLACES
from tests.analysis.text.coined import coined_gazetteer


def suggested(text: str, *, press_centres: frozenset[str] = frozenset()) -> PlaceSuggestion | None:
    terms = replace(INDONESIAN_PLACES, press_centres=press_centres)
    return suggest_place(text, gazetteer=coined_gazetteer(), terms=terms)


def code_of(text: str) -> str | None:
    found = suggested(text)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rapat di Desa Sumberluku Kec. Tegalwuku Kab. Waluku berjalan tertib.", "99.01"),
        ("LINTANG WULUH - Pedagang meminta kejelasan jadwal.", "99.02"),
        ("Kabar Wuku – WALUKU – Pedagang meminta kejelasan jadwal.", "99.01"),
        ("ada keributan di desa sumberluku kab waluku", "99.01"),
        ("Keributan kecil terjadi di Waluku tadi malam.", "99.01"),
        ("Pemprov Bimasakti Raya dan Gubernur Bimara menggelar rapat di Penceng.", "99"),
        ("Warga Kecamatan Tegalwuku berkumpul.", "99.01.01"),
        ("Kota Pesisir Panjer siaga. Warga Pesisir Panjer tenang.", "99.72"),
    ],
)
def test_the_region_is_the_one_the_text_supports(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sumberluku ramai. Karangmukus juga.",
        "Peserta datang dari berbagai wilayah.",
        "Desa Sumberluku mengadakan kerja bakti.",
        "Universitas Negeri (Kuku) Waluku ikut menyusun peta.",
        "Kecamatan Watukemukus ramai.",
    ],
)
def test_nothing_is_suggested_when_the_text_does_not_say(text: str) -> None:
    assert code_of(text) is None


def test_finer_places_are_alternatives_of_the_kabupaten() -> None:
    found = suggested("Rapat di Desa Karangmukus Kec. Watukemukus Kab. Pesisir Panjer.")
    assert found is not None
    assert found.code == "99.03"
    assert {"99.03.01", "99.03.01.2001"} <= {one.code for one in found.alternatives}


def test_a_village_name_of_two_kabupaten_follows_the_named_one() -> None:
    found = suggested("Kerja bakti di Desa Karangmukus, Kabupaten Lintang Wuluh.")
    assert found is not None
    assert [one.code for one in found.alternatives] == ["99.02.01.2001"]


def test_namesakes_without_a_qualifier_give_their_common_province_and_both_names() -> None:
    found = suggested("Polres Pesisir Panjer mengamankan acara di Pesisir Panjer.")
    assert found is not None
    assert found.code == "99"
    assert {one.code for one in found.alternatives} == {"99.03", "99.72"}


def test_a_capital_where_people_only_speak_does_not_win() -> None:
    text = "PENCENG - Bupati Waluku menjelaskan kejadian itu kepada wartawan."
    found = suggested(text, press_centres=frozenset({"99.71"}))
    assert found is not None
    assert found.code == "99.01"


def test_a_bare_mention_of_a_capital_alone_suggests_nothing() -> None:
    assert suggested("Ia berbicara di Penceng, Kamis.", press_centres=frozenset({"99.71"})) is None


def test_a_capital_named_twice_as_the_place_is_suggested() -> None:
    text = "Keributan terjadi di Penceng. Petugas di Penceng sudah bertindak."
    found = suggested(text, press_centres=frozenset({"99.71"}))
    assert found is not None
    assert found.code == "99.71"


def test_a_list_of_places_suggests_no_single_kabupaten() -> None:
    text = "Hujan turun di Penceng, Waluku, Kepulauan Gumarang dan Lintang Wuluh."
    assert code_of(text) is None


def test_a_mention_in_the_title_weighs_more() -> None:
    text = "Rapat Waluku Ditunda\nAcara di Penceng tetap berjalan. Ia pulang ke Waluku."
    found = suggest_place(text, gazetteer=coined_gazetteer(), terms=INDONESIAN_PLACES, title_end=20)
    assert found is not None
    assert found.code == "99.01"


def test_the_score_is_one_without_a_rival_and_lower_with_one() -> None:
    alone = suggested("Kab. Waluku tenang.")
    rival = suggested("Kab. Waluku tenang. Bupati Waluku dan warga Penceng hadir.")
    assert alone is not None
    assert rival is not None
    assert alone.score == 1.0
    assert 0.5 < rival.score < 1.0
