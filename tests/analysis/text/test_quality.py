"""Mangled wording is told from ordinary typing errors, and one sign is not enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.edit_distance import is_within
from kentongan.analysis.text.quality import SignKind, TextQuality, text_quality
from kentongan.analysis.text.terms_id import INDONESIAN


def quality(text: str) -> TextQuality:
    return text_quality(text, terms=INDONESIAN.quality)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("aduan ke Bavaslu diterima", SignKind.NEAR_MISS),
        ("pemuda Mohammedia hadir", SignKind.NEAR_MISS),
        ("rapat Badan Politik dan Kesatuan Bangsa", SignKind.SCRAMBLED_NAME),
        ("Universitas Airlangga (Siku) ikut serta", SignKind.WRONG_SHORT_FORM),
        ("Forum Kewaspadaan Awal Masyarakat (FKDM)", SignKind.WRONG_SHORT_FORM),
        ("Nomor 46 Tahun 2019 tentang Kesadaran Dini di Daerah", SignKind.WRONG_TITLE),
        ("usai pelaksanaan Partai Demokrat kemarin", SignKind.MISTRANSLATION),
        ("barang bukti Vaku-Vaku itu", SignKind.ODD_DOUBLING),
    ],
)
def test_each_kind_of_sign_is_found(text: str, kind: SignKind) -> None:
    assert [sign.kind for sign in quality(text).signs] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Bawaslu dan Bakesbangpol hadir",
        "Bakesbang menyelanggarakan kegiatan, tokoh masyarat hadir",
        "Ketua Partai Demokrat bertemu warga",
        "Undang-Undang dan Oro-oro",
        "Badan Kesatuan Bangsa dan Politik (Bakesbangpol)",
        "Badan Kesatuan Bangsa dan Politik (Kesbangpol)",
        "Forum Kewaspadaan Dini Masyarakat (FKDM)",
        "Nomor 46 Tahun 2019 Tentang Kewaspadaan Dini di Daerah.",
        "Nomor 46 Tahun 2019 tentang Kewaspadan Dini di Daerah",
        "Universitas Airlangga (Unair)",
        "Komisi Pemilihan Umum (KPU)",
        "Babinkamtibmas dan Forkompimda",
        "",
    ],
)
def test_right_wording_and_ordinary_typing_errors_are_no_sign(text: str) -> None:
    assert quality(text).signs == ()


def test_one_sign_is_not_enough_however_often_it_comes() -> None:
    assert not quality("Bavaslu, Bavaslu, BAVASLU dan Bawasluu").is_low


def test_the_same_fault_found_by_two_rules_counts_once() -> None:
    found = quality("Nomor 46 Tahun 2019 tentang Surveilans Dini di Daerah. Surveilans dini adalah upaya.")
    assert len(found.signs) == 1


def test_two_independent_signs_make_low_quality_with_evidence() -> None:
    text = "Bavaslu siaga pasca Partai Demokrat digelar."
    found = quality(text)
    assert found.is_low
    assert [text[span.start : span.end] for span in found.evidence] == ["Bavaslu", "Partai Demokrat"]


def plain_distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    if one[0] == other[0]:
        return plain_distance(one[1:], other[1:])
    return 1 + min(
        plain_distance(one[1:], other), plain_distance(one, other[1:]), plain_distance(one[1:], other[1:])
    )


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 3))
def test_bounded_distance_agrees_with_its_slow_twin(one: str, other: str, edits: int) -> None:
    assert is_within(one, other, edits=edits) == (plain_distance(one, other) <= edits)
