"""What is copied by hand: every slip is found, in its line, before it can do harm."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge.paper_codes import PAPER_ALPHABET
from kentongan.edge.problems import Problem
from kentongan.edge.sealing import Half, HolderKey, fingerprint
from kentongan.vault import paper

DAY = date(2026, 4, 2)
KEYS = st.binary(min_size=32, max_size=32)


def problem(text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        paper.read_sheet(text)
    return caught.value


@given(KEYS)
def test_a_sheet_typed_back_gives_the_key(private: bytes) -> None:
    assert paper.read_sheet("\n".join(paper.sheet_lines(private))) == private


def test_a_whole_sheet_is_read_however_it_was_typed() -> None:
    key = HolderKey.new()
    sheet = paper.sheet_text(key, slot="A", body="Inspektorat", on=DAY)
    assert paper.read_sheet(sheet) == key.private
    assert paper.read_sheet(sheet.lower().replace("0", "o").replace(".", ")")) == key.private
    assert paper.read_sheet("\n".join(reversed(paper.sheet_lines(key.private)))) == key.private


@given(KEYS, st.integers(0, 55), st.sampled_from(PAPER_ALPHABET))
def test_one_wrong_sign_is_found_in_its_line(private: bytes, place: int, sign: str) -> None:
    lines = paper.sheet_lines(private)
    line, column = divmod(place, 8)
    column += 3 + column // 4
    if lines[line][column] == sign:
        return
    lines[line] = lines[line][:column] + sign + lines[line][column + 1 :]
    found = problem("\n".join(lines))
    assert (found.code, found.values) == ("vault.sheet_line_wrong", {"line": line + 1})


def test_two_signs_exchanged_are_found() -> None:
    lines = paper.sheet_lines(bytes(range(32)))
    one, other = lines[2][3], lines[2][4]
    assert one != other
    lines[2] = lines[2][:3] + other + one + lines[2][5:]
    assert problem("\n".join(lines)).values == {"line": 3}


def test_a_missing_line_is_named() -> None:
    lines = paper.sheet_lines(bytes(32))
    found = problem("\n".join(lines[:4] + lines[5:]))
    assert (found.code, found.values) == ("vault.sheet_line_missing", {"line": 5})


def test_lines_of_two_sheets_do_not_make_one() -> None:
    mixed = paper.sheet_lines(bytes(range(32)))[:3] + paper.sheet_lines(bytes(32))[3:]
    assert problem("\n".join(mixed)).code == "vault.sheet_wrong"


@given(st.text(max_size=400))
def test_any_other_text_is_no_sheet(text: str) -> None:
    assert problem(text).code.startswith("vault.sheet_")


@given(KEYS, st.integers(0, 55), st.sampled_from(PAPER_ALPHABET))
def test_a_public_key_and_a_half_mistyped_are_refused(value: bytes, place: int, sign: str) -> None:
    assert paper.read_public(paper.public_code(value), slot="A") == value
    assert paper.read_half(paper.half_code(Half("B", value))) == Half("B", value)
    code = paper.public_code(value)
    place += place // 4
    if code[place] == sign:
        return
    wrong = code[:place] + sign + code[place + 1 :]
    with pytest.raises(Problem, match="mistyped"):
        paper.read_public(wrong, slot="A")
    with pytest.raises(Problem, match="mistyped"):
        paper.read_half(f"B:{wrong}")


def test_the_page_to_print_says_what_to_do_and_needs_nothing_from_outside() -> None:
    key = HolderKey.new()
    page = paper.sheet_page(key, slot="B", body="<Ombudsman>", on=DAY)
    assert fingerprint(key.public) in page
    assert all(line[3:] in page for line in paper.sheet_lines(key.private))
    assert "&lt;Ombudsman&gt;" in page
    assert not any(mark in page for mark in ("http", "src=", "<script"))
