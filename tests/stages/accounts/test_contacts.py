"""One spelling for each e-mail address and telephone number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.contacts import plain_email, plain_login, plain_phone


@pytest.mark.parametrize(
    "typed",
    ["081234567890", "0812-3456-7890", "62 812 3456 7890", "+62 812-3456-7890", "0062812 3456 7890",
     "81234567890", "(0812) 3456.7890"],
)  # fmt: skip
def test_one_number_in_seven_spellings_is_one_number(typed: str) -> None:
    assert plain_phone(typed) == "+6281234567890"


@pytest.mark.parametrize(
    "typed", ["", "abc", "08", "0812", "+62", "12345", "0812345678901234567", "+1", "0812a4567890"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert plain_phone(typed) is None


@given(st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True))
def test_the_zero_and_the_country_code_never_matter(digits: str) -> None:
    assert (
        plain_phone("0" + digits)
        == plain_phone("+62" + digits)
        == plain_phone("62" + digits)
        == plain_phone(digits)
    )


@given(st.text(max_size=40))
def test_reading_a_number_twice_changes_nothing(typed: str) -> None:
    number = plain_phone(typed)
    assert number is None or plain_phone(number) == number


def test_an_address_is_read_in_small_letters() -> None:
    assert plain_email("  Ratna@Contoh.GO.ID ") == "ratna@contoh.go.id"


@pytest.mark.parametrize(
    "typed", ["", "ratna", "ratna@", "@contoh.go.id", "ratna@contoh", "a b@contoh.go.id", "a@b..id"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert plain_email(typed) is None


def test_tries_are_counted_under_one_spelling() -> None:
    assert plain_login("0812-3456-7890") == plain_login("+6281234567890")
    assert plain_login(" RATNA@contoh.go.id") == plain_login("ratna@contoh.go.id")
