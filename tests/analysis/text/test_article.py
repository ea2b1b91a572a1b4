"""A page becomes title and body; furniture keeps its place but not its voice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.article import TITLE_LENGTH, Article, LineRole, split_article
from kentongan.analysis.text.normalise import comparison_key
from kentongan.analysis.text.paragraphs import collapse_repeats
from kentongan.analysis.text.terms_id import INDONESIAN_ARTICLE
from tests.analysis.text.coined import article

FIRST = "Petugas ronda melaporkan keributan kecil di dekat pasar."
SECOND = "Warga berkumpul sampai larut malam, lalu pulang dengan tertib."
THIRD = "Kepala desa meminta semua pihak menahan diri."


def split(raw: str) -> Article:
    return split_article(raw, terms=INDONESIAN_ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "Baca juga: Pasar Waluku dibuka kembali",
        "BACA JUGA : Pasar Waluku dibuka kembali",
        "Komentar (0)",
        "Tinggalkan Balasan",
        "Tulis Disini",
        "1. Belum ada komentar",
        "800x dibaca 2025-06-20 13:23:04 admin",
        "COPYRIGHT © Kabar Bimasakti 2025",
        "Alamat email Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *",
    ],
)
def test_page_furniture_is_no_part_of_the_body(line: str) -> None:
    assert split(f"{FIRST}\n{line}\n{SECOND}").paragraphs == (FIRST, SECOND)


def test_a_sentence_that_only_mentions_reading_stays() -> None:
    sentence = "Warga diminta baca juga pengumuman di balai desa sebelum datang."
    assert sentence in split(f"{FIRST}\n{sentence}").paragraphs


def test_a_bare_link_label_takes_the_title_below_with_it() -> None:
    assert split(f"{FIRST}\nBaca juga:\nPasar Waluku Dibuka Kembali\n{SECOND}").paragraphs == (FIRST, SECOND)


def test_furniture_glued_to_a_sentence_is_cut_off() -> None:
    assert split(f"{FIRST}\n{SECOND} Dengar! Video Pilihan Editor:").paragraphs == (FIRST, SECOND)


def test_the_title_is_taken_without_the_name_of_the_site_and_only_once() -> None:
    found = split(article("tiga_tingkat"))
    assert found.title == "Warga Sumberluku Dilatih Mengenali Kabar Bohong"
    assert found.has_title_line
    assert found.title not in found.body


def test_without_a_title_line_the_first_sentence_is_the_title() -> None:
    found = split(f"{FIRST}\n{SECOND}")
    assert (found.title, found.has_title_line) == (FIRST, False)
    assert found.paragraphs == (FIRST, SECOND)


def test_a_cut_title_begins_after_the_dateline() -> None:
    found = split(article("dateline_saja"))
    assert found.title is not None
    assert found.title.startswith("Puluhan pedagang mendatangi")
    assert len(found.title) <= TITLE_LENGTH + 1


def test_an_abbreviation_does_not_end_the_title() -> None:
    found = split(f"Rapat di Kab. Waluku dan Kec. Tegalwuku berlangsung tertib kemarin.\n{SECOND}")
    assert found.title == "Rapat di Kab. Waluku dan Kec. Tegalwuku berlangsung tertib kemarin."


def test_a_wrapped_first_sentence_is_no_title_line() -> None:
    assert not split(
        f"Petugas ronda melaporkan keributan kecil\ndi dekat pasar desa.\n{SECOND}"
    ).has_title_line


def test_a_body_printed_twice_with_another_first_sentence_is_collapsed() -> None:
    found = split(article("isi_ganda"))
    assert found.is_doubled
    assert found.collapsed == 3
    assert len(found.paragraphs) == 5
    assert "Sebuah rapat tim terpadu berlangsung di ibu kota provinsi pada awal pekan." in found.paragraphs


def test_one_repeated_quote_does_not_make_a_page_doubled() -> None:
    body = "\n".join([FIRST, SECOND * 4, THIRD * 3, FIRST])
    assert (split(body).collapsed, split(body).is_doubled) == (1, False)


def test_a_short_answer_may_be_given_twice() -> None:
    assert collapse_repeats(["Tidak ada.", FIRST, "Tidak ada."]).collapsed == 0


def test_a_short_line_inside_a_copied_run_goes_with_it() -> None:
    assert collapse_repeats([FIRST, "Tidak ada.", FIRST, "Tidak ada."]).paragraphs == (FIRST, "Tidak ada.")


def test_an_empty_page_has_neither_title_nor_body() -> None:
    assert (split(" \n ").title, split("").body) == (None, "")


def test_blanked_lines_keep_their_width() -> None:
    found = split(article("isi_ganda"))
    assert len(found.readable) == len(found.text)
    assert "Baca juga" not in found.readable
    assert "Baca juga" in found.blanked(LineRole.LINK)


paragraphs = st.lists(
    st.sampled_from([FIRST, SECOND, THIRD, "Ya.", "Tidak.", FIRST.upper(), ""]), max_size=14
)


@given(paragraphs)
def test_collapsing_twice_changes_nothing(body: list[str]) -> None:
    once = collapse_repeats(body).paragraphs
    assert collapse_repeats(once).paragraphs == once


@given(st.lists(st.one_of(st.text(), st.sampled_from([FIRST, SECOND])), max_size=12))
def test_collapsing_never_loses_a_distinct_paragraph(body: list[str]) -> None:
    kept = collapse_repeats(body)
    assert {comparison_key(one) for one in kept.paragraphs} == {comparison_key(one) for one in body}
    assert kept.collapsed == len(body) - len(kept.paragraphs)


@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD, "Baca juga: X", "Komentar (0)", "Judul Berita"])))
def test_every_word_of_the_page_belongs_to_one_line(lines: list[str]) -> None:
    found = split("\n".join(lines))
    joined = " ".join(found.text[line.start : line.end] for line in found.lines)
    assert comparison_key(joined) == comparison_key("\n".join(lines))
