"""One-time codes: random, easy to type, and read by the usual hasher."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password

from kentongan.accounts.one_time import as_typed, hash_of, new_code

ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_codes_differ_and_have_four_groups() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all([len(group) for group in code.split("-")] == [4, 4, 4, 4] for code in codes)


def test_the_usual_hasher_reads_a_code_and_refuses_another(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ARGON2
    code = new_code()
    assert check_password(code, hash_of(code))
    assert not check_password(new_code(), hash_of(code))


def test_the_hash_is_argon2_with_its_own_parameters_and_never_the_code() -> None:
    code = new_code()
    kept = hash_of(code)
    assert kept.startswith("argon2$argon2id$")
    assert code not in kept
    assert hash_of(code) != kept


def test_a_code_may_be_typed_small_and_without_dashes() -> None:
    code = new_code()
    assert as_typed(code.lower().replace("-", " ")) == code
    assert as_typed(code.replace("-", "")) == code


def test_a_password_that_is_no_code_stays_as_typed() -> None:
    assert as_typed("lentera sungai pagi") == "lentera sungai pagi"
    assert as_typed("") == ""
