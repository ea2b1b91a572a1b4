"""The words of this stage: questions without a trace of the source, claims without links, evidence with its hash."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.verification.decisions import claim_words, hash_of, kept_words, question_fault, without_sources

REPORT = "Kabarnya Sabtu malam mau konvoi lewat tugu. Anak-anak sudah diajak kumpul di perempatan dusun."


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Apakah tugu di Kukusan Wetan dicoret semalam?", ""),
        ("Benarkah S-14 melihat tugu dicoret?", "verification.question_names_source"),
        ("Benarkah s - 14 melihatnya?", "verification.question_names_source"),
        ("Sesuai LP-12, tugu dicoret?", "verification.question_names_source"),
        ("Tanyakan kepada 0812-3456-7890.", "verification.question_holds_identifier"),
        ("Hubungi [telepon] di dusun.", "verification.question_holds_identifier"),
        ("Kendaraan AB 1234 CD lewat?", "verification.question_holds_identifier"),
        ("Tulis ke warga@contoh.id bila tahu.", "verification.question_holds_identifier"),
        ("  ", "verification.question_missing"),
        ("a" * 601, "verification.question_too_long"),
        (
            "Benarkah anak-anak sudah diajak kumpul di perempatan dusun?",
            "verification.question_quotes_report",
        ),
        (
            "Benar, kabarnya sabtu malam MAU konvoi, lewat tugu?",
            "",  # seven words in a row at most
        ),
    ],
)
def test_a_question_holds_no_trace_of_the_source(question: str, code: str) -> None:
    assert question_fault(question, report_texts=[REPORT]) == code


def test_numbers_of_places_and_plain_counts_are_no_source_numbers() -> None:
    question = "Apakah RT 03 RW 05 aman pada 14-11-2026, sekitar 40 orang di TPS-7?"
    assert question_fault(question, report_texts=[]) == ""


@given(st.text(max_size=200))
def test_what_is_kept_stays_as_it_is_when_it_is_kept_again(text: str) -> None:
    assert kept_words(kept_words(text)) == kept_words(text)


def test_identifiers_are_masked_in_what_is_kept() -> None:
    assert kept_words("Kata ketua, 0812-3456-7890.") == "Kata ketua, [telepon]."


def test_a_claim_passes_no_link_on_but_shows_the_same_one_alike() -> None:
    link = "https://contoh.id/kabar?id=9"
    mark = f"[tautan {hash_of(link)[:8]}]"
    assert claim_words(f"Surat suara tercoblos {link} sebarkan") == f"Surat suara tercoblos {mark} sebarkan"
    assert "www" not in claim_words("lihat WWW.contoh.id/x")


def test_a_hash_is_the_usual_sha_256() -> None:
    assert hash_of("Tugu é") == hashlib.sha256("Tugu é".encode()).hexdigest()


def test_source_numbers_are_left_out_for_who_reads_without_them() -> None:
    assert without_sources("Foto dari S-14 dan s-9, TPS-7.") == "Foto dari sumber dan sumber, TPS-7."
