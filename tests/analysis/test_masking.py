"""What identifies a person is masked in every spelling people use; years, laws, prices and places stay readable."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kentongan.analysis.text import masking
from kentongan.analysis.text.masking import mask_identifiers

PHONES = [
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "0812.3456.7890",
    "08 12 34 56 78 90",
    "+6281234567890",
    "+62 812 3456 7890",
    "+62-812-3456-7890",
    "6281234567890",
    "62 812 3456 7890",
    "0343-421234",
    "0343 421 234",
    "021-5551234",
    "0812345678",
    "(0343) 421234",
    "+62 (812) 3456-7890",
    "0812/3456/7890",
    "0812–3456–7890",
    "0812 - 3456 - 7890",
    "0812_3456_7890",
]
NIKS = [
    "3514011203900001",
    "3514 0112 0390 0001",
    "3514-0112-0390-0001",
    "35.14.01.120390.0001",
    "351401-120390-0001",
]
PLATES = [
    "B 1234 XYZ",
    "N 4321 AB",
    "AG 12 C",
    "N-1234-AB",
    "B1234XYZ",
    "n 4321 ab",
]
ADDRESSES = ["warga.desa@contoh.go.id", "ABC+x@mail.co.id", "a_b@c-d.id", f"{'a' * 70}@contoh.id"]
HANDLES = ["@warga123", "@warga_desa", "@warga.desa"]

READABLE = [
    "tahun 2019",
    "Permendagri 46/2019",
    "Permendagri Nomor 46 Tahun 2019 Pasal 5 ayat (2)",
    "UU 7 Tahun 2012",
    "SK 188/45/2019",
    "Rp 1.250.000.000",
    "1.234.567 jiwa",
    "12 November 2026 pukul 08.15 WIB",
    "2026-11-12",
    "06-11-2024",
    "35.14.16.2006",
    "pukul 20.00-22.00",
    "H-7 sampai H+7",
    "TPS 12",
    "Jl. Raya KM 12",
    "62,5 persen",
    "RT 03 RW 05",
    "06-11-2024 19.30",
    "Rp 62.500.000.000",
    "Rp62.500.000.000",
    "2019 2020 2021 2022",
    "Form C 1 KWK",
]


@pytest.mark.parametrize("number", PHONES)
@pytest.mark.parametrize("around", ["{}", "Hubungi {} malam ini.", "WA:{}", "({})", "{},"])
def test_a_phone_number_is_masked_in_every_spelling(number: str, around: str) -> None:
    shown = mask_identifiers(around.format(number)).text
    assert "[telepon]" in shown
    assert not re.search(r"\d", shown)


@pytest.mark.parametrize("number", NIKS)
def test_a_national_identity_number_is_masked_in_every_spelling(number: str) -> None:
    assert mask_identifiers(f"NIK:{number}, warga desa").text == "NIK:[NIK], warga desa"


@pytest.mark.parametrize("plate", PLATES)
def test_a_number_plate_is_masked(plate: str) -> None:
    assert mask_identifiers(f"Mobil {plate} lewat").text == "Mobil [pelat] lewat"


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_e_mail_address_is_masked(address: str) -> None:
    assert mask_identifiers(f"Surat ke {address}, segera").text == "Surat ke [surel], segera"


@pytest.mark.parametrize("handle", HANDLES)
def test_an_account_handle_is_masked(handle: str) -> None:
    assert mask_identifiers(f"Kata {handle}!").text == "Kata [akun]!"


@pytest.mark.parametrize("text", READABLE)
def test_ordinary_numbers_stay_readable(text: str) -> None:
    assert mask_identifiers(text).text == text


def test_each_kind_is_counted() -> None:
    masked = mask_identifiers("0812-3456-7890 dan 081234567890, a@b.id, B 1234 XYZ")
    assert masked.counts == {"telepon": 2, "surel": 1, "pelat": 1}


_PARTS = st.sampled_from(
    [
        "0812-3456-7890",
        "+62812",
        "3514011203900001",
        "B 1234 XYZ",
        "a@b.id",
        "@warga",
        "[telepon]",
        "[NIK]",
        "2019",
        "Rp ",
        "RT 03 RW 05",
        " ",
        ".",
        "-",
        "@",
        "(",
        ")",
        "0",
        "62",
        "12",
        "desa",
        "AB",
    ]
)
texts = st.one_of(
    st.lists(_PARTS, max_size=12).map("".join), st.text(max_size=60), st.text("0126+-. @abAB[]", max_size=60)
)


@example(text="0812-3456-7890@warga")
@given(text=texts)
def test_masking_a_masked_text_changes_nothing(text: str) -> None:
    once = mask_identifiers(text).text
    assert mask_identifiers(once).text == once


@example(text="0812-3456-7890@warga")
@given(text=texts)
def test_masking_adds_no_digit_and_no_address(text: str) -> None:
    shown = mask_identifiers(text).text
    assert sum(sign.isdigit() for sign in shown) <= sum(sign.isdigit() for sign in text)
    assert shown.count("@") <= text.count("@")
    assert not mask_identifiers(shown).counts


@given(before=st.text("abc ,\n", max_size=20), number=st.from_regex(r"08[1-9][0-9]{8,10}", fullmatch=True))
def test_no_digit_of_a_phone_number_is_left(before: str, number: str) -> None:
    assert mask_identifiers(f"{before} {number} malam").text == f"{before} [telepon] malam"


def test_a_long_text_is_read_once() -> None:
    """The largest report there may be, made of the beginnings of addresses and numbers."""
    for seed in ("a.", "0 ", "@a ", "AB ", "1-"):
        long = seed * (200_000 // len(seed))
        assert mask_identifiers(long).text


@example(text="NIK 3514 0101 0190 0001, HP 0812-345-678, plat N 1 A, surel a@b.id, @warga")
@given(text=texts)
def test_the_rules_left_out_for_want_of_digits_would_have_found_nothing(text: str) -> None:
    """A slow plain twin: every rule, whatever the text holds."""
    plain, before = text, None
    while plain != before:
        before = plain
        for kind, rule in masking._RULES:
            plain = rule.sub(f"[{kind}]", plain)
    assert mask_identifiers(text).text == plain
