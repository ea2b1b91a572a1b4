"""The whole reading, on invented articles with the traps of real ones, and on any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.analysis.text.reading import ArticleReading, TextFlag, read_article
from kentongan.analysis.text.spans import TextSpan
from kentongan.analysis.text.terms_id import INDONESIAN
from tests.analysis.text.coined import ARTICLES, article, coined_gazetteer


def read(raw: str, *, context_year: int | None = None) -> ArticleReading:
    return read_article(raw, gazetteer=coined_gazetteer(), terms=INDONESIAN, context_year=context_year)


def evidence_of(reading: ArticleReading) -> list[TextSpan]:
    spans = [span for one in reading.dates for span in one.evidence]
    if reading.place:
        spans += reading.place.evidence
        spans += [span for one in reading.place.alternatives for span in one.evidence]
    if reading.published:
        spans += reading.published.evidence
    return [*spans, *reading.quality.evidence]


@pytest.mark.parametrize(
    ("name", "code", "flags"),
    [
        ("bermutu_rendah", "99.02", {TextFlag.LOW_QUALITY}),
        ("isi_ganda", "99", {TextFlag.DOUBLED_BODY}),
        ("tiga_tingkat", "99.01", set()),
        ("tanggal_ambigu", "99.71", {TextFlag.AMBIGUOUS_DATE}),
        ("tanpa_tempat", None, {TextFlag.NO_PLACE}),
        ("dateline_saja", "99.02", set()),
    ],
)
def test_an_invented_article_is_placed_and_flagged(name: str, code: str | None, flags: set[TextFlag]) -> None:
    reading = read(article(name))
    assert (reading.place.code if reading.place else None) == code
    assert set(reading.flags) == flags


def test_every_invented_article_has_a_test() -> None:
    named = {"bermutu_rendah", "isi_ganda", "tiga_tingkat", "tanggal_ambigu", "tanpa_tempat", "dateline_saja"}
    assert {path.stem for path in ARTICLES.glob("*.txt")} == named


def test_three_levels_of_places_are_kept_as_alternatives() -> None:
    place = read(article("tiga_tingkat")).place
    assert place is not None
    assert {"99.01.01", "99.01.01.2001"} <= {one.code for one in place.alternatives}


def test_the_day_of_publication_is_read_from_the_counter_and_kept_apart() -> None:
    reading = read(article("tiga_tingkat"))
    assert reading.published is not None
    assert reading.published.alternatives[0].iso() == "2025-08-21"
    days = {one.iso() for found in reading.dates for one in found.alternatives}
    assert days == {"2025-08-20", "2025", "2026"}


def test_an_ambiguous_date_keeps_both_days() -> None:
    dates = read(article("tanggal_ambigu")).dates
    assert [one.iso() for one in dates[0].alternatives] == ["2026-12-03", "2026-03-12"]


def test_the_caller_s_year_goes_before_the_text_s() -> None:
    reading = read("Rapat pada 27 November tentang Pilkada 2024 berlangsung tertib.", context_year=2025)
    assert reading.dates[0].alternatives[0].iso() == "2025-11-27"


def test_a_chronicle_of_many_years_gives_no_year_to_a_date_without_one() -> None:
    reading = read("Tahun 2001, tahun 2004, tahun 2009, tahun 2014 dan tahun 2019 ramai, juga 27 November.")
    assert "--11-27" in {one.iso() for found in reading.dates for one in found.alternatives}


def test_mangled_words_are_shown_with_their_places() -> None:
    reading = read(article("bermutu_rendah"))
    words = {span.text for span in reading.quality.evidence}
    assert {"Bavaslu", "Partai Demokrat", "Surveilans Dini di Daerah"} <= words


def test_a_link_to_another_article_gives_no_place() -> None:
    reading = read(
        "Rapat berlangsung tertib sampai selesai.\nBaca juga: Bupati Waluku buka rapat\nPeserta pulang."
    )
    assert reading.place is None


def test_a_doubled_article_has_the_print_of_the_single_one() -> None:
    body = "Satu paragraf yang cukup panjang untuk dikenali.\nParagraf kedua yang juga cukup panjang isinya."
    assert read(f"{body}\n{body}").content == read(body).content


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\x00\x07\x1b[31m\ud800",
        "a" * 100_000,
        "A" * 100_000,
        "-" * 100_000,
        "( " * 50_000,
        "1/" * 50_000,
        "Kab. Waluku " * 8_000,
        "Waluku\n" * 15_000,
        "Senin (12/02) " * 7_000,
        "Oro-oro " * 12_000,
        "Nomor " * 20_000,
        "© 2024 " * 14_000,
    ],
    ids=lambda raw: repr(raw[:14]),
)
def test_no_text_is_too_odd_to_be_read(raw: str) -> None:
    reading = read(raw)
    assert all(reading.text[span.start : span.end] == span.text for span in evidence_of(reading))


words = st.sampled_from(
    [
        *(
            "Kab. ",
            "Waluku ",
            "Desa ",
            "Sumberluku ",
            "Penceng",
            " – ",
            "\n",
            ". ",
            "Senin (12/02) ",
            "2024 ",
            "(",
        ),
        *(
            "Baca juga: ",
            "Partai Demokrat ",
            "digelar ",
            "Bavaslu ",
            "Komentar (0)",
            "27 November ",
            "tahun 2023 ",
        ),
    ]
)


@settings(max_examples=60)
@given(st.one_of(st.text(alphabet=st.characters()), st.lists(words, max_size=40).map("".join)))
def test_all_evidence_stands_in_the_text(raw: str) -> None:
    reading = read(raw)
    for span in evidence_of(reading):
        assert 0 <= span.start < span.end <= len(reading.text)
        assert reading.text[span.start : span.end] == span.text


@given(st.lists(words, max_size=30).map("".join))
def test_the_same_text_always_gives_the_same_reading(raw: str) -> None:
    assert read(raw) == read(raw)
