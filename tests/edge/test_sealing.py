"""Seals: what was sealed opens in its place with its key, and nowhere else, and not after a single changed
bit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.edge import paper_codes, sealing
from kentongan.edge.problems import Problem
from kentongan.edge.sealing import FieldSealer, Half, HolderKey, open_half, seal_to_two

KEY, OTHER_KEY = bytes(range(32)), bytes(32)
INSPEKTORAT, OMBUDSMAN, STRANGER = HolderKey.new(), HolderKey.new(), HolderKey.new()


def broken(call: Callable[[], object]) -> bool:
    with pytest.raises(Problem) as caught:
        call()
    return caught.value.code == "edge.seal_broken"


def flipped(value: bytes, place: int) -> bytes:
    changed = bytearray(value)
    changed[place // 8] ^= 1 << place % 8
    return bytes(changed)


@given(st.binary(max_size=600), st.text(max_size=40))
def test_a_sealed_field_opens_in_its_place(plain: bytes, context: str) -> None:
    sealed = FieldSealer(KEY).seal(plain, context=context)
    assert FieldSealer(KEY).open(sealed, context=context) == plain
    assert len(sealed) == len(plain) + 97


def test_the_same_text_sealed_twice_looks_different() -> None:
    sealer = FieldSealer(KEY)
    assert sealer.seal(b"sama", context="t:1:f") != sealer.seal(b"sama", context="t:1:f")


@given(st.data())
def test_a_sealed_field_with_any_bit_changed_stays_shut(data: st.DataObject) -> None:
    sealed = FieldSealer(KEY).seal(b"isi laporan", context="t:1:f")
    changed = flipped(sealed, data.draw(st.integers(0, len(sealed) * 8 - 1)))
    assert broken(lambda: FieldSealer(KEY).open(changed, context="t:1:f"))


@given(st.integers(0, 107))
def test_a_sealed_field_that_was_cut_stays_shut(length: int) -> None:
    sealed = FieldSealer(KEY).seal(b"isi laporan", context="t:1:f")
    assert broken(lambda: FieldSealer(KEY).open(sealed[:length], context="t:1:f"))


def test_a_sealed_field_opens_in_no_other_row_and_with_no_other_key() -> None:
    sealed = FieldSealer(KEY).seal(b"isi", context="t:1:f")
    assert broken(lambda: FieldSealer(KEY).open(sealed, context="t:2:f"))
    assert broken(lambda: FieldSealer(OTHER_KEY).open(sealed, context="t:1:f"))


def test_a_new_key_takes_over_without_opening_the_content() -> None:
    sealed = FieldSealer(OTHER_KEY).seal(b"isi", context="t:1:f")
    both = FieldSealer(KEY, older=[OTHER_KEY])
    assert both.open(sealed, context="t:1:f") == b"isi"
    again = both.rewrap(sealed, context="t:1:f")
    assert FieldSealer(KEY).open(again, context="t:1:f") == b"isi"
    assert again[-len(b"isi") - 28 :] == sealed[-len(b"isi") - 28 :]
    assert broken(lambda: FieldSealer(KEY).rewrap(sealed, context="t:1:f"))


@given(st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_tags_are_equal_for_equal_parts_only(one: list[str], other: list[str]) -> None:
    assert (sealing.tag(KEY, "p", *one) == sealing.tag(KEY, "p", *other)) == (one == other)


def test_a_tag_depends_on_key_and_purpose_and_tells_nothing() -> None:
    tag = sealing.tag(KEY, "own", 7, "L-1")
    assert tag not in {sealing.tag(OTHER_KEY, "own", 7, "L-1"), sealing.tag(KEY, "other", 7, "L-1")}
    assert len(tag) == 26
    assert tag != paper_codes.paper(hashlib.sha256(b"own7L-1").digest()[:16])


def test_a_resent_report_has_the_same_receipt_of_eighty_bits() -> None:
    receipt = sealing.receipt_code(KEY, "6f1e3b52-0000-4000-8000-000000000001")
    assert receipt == sealing.receipt_code(KEY, "6f1e3b52-0000-4000-8000-000000000001")
    assert receipt != sealing.receipt_code(KEY, "6f1e3b52-0000-4000-8000-000000000002")
    assert [len(group) for group in receipt.split("-")] == [4, 4, 4, 4]


@given(st.binary(min_size=10, max_size=10), st.data())
def test_a_receipt_is_read_however_it_was_typed(value: bytes, data: st.DataObject) -> None:
    receipt = paper_codes.grouped(paper_codes.paper(value))
    typed = "".join(
        data.draw(st.sampled_from([" ", "-", "", " – "])) + data.draw(st.sampled_from(alike(sign)))
        for sign in receipt.replace("-", "")
    )
    assert sealing.read_receipt(typed) == receipt


def alike(sign: str) -> list[str]:
    return [sign, sign.lower(), *{"0": "Oo", "1": "IiLl"}.get(sign, "")]


@pytest.mark.parametrize(
    "typed", ["", "7KQM-2XPA", "7KQM-2XPA-9R4T-UUUU", "7KQM-2XPA-9R4T-V8WZ-1", "ＡＢＣＤ" * 4, "😀"]
)
def test_what_cannot_be_a_receipt_is_told_so(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        sealing.read_receipt(typed)
    assert caught.value.code == "edge.receipt_malformed"
    assert typed[:40] in caught.value.sentence("id")


@given(st.binary(min_size=1, max_size=40))
def test_bytes_on_paper_come_back(value: bytes) -> None:
    assert (
        paper_codes.unpaper(paper_codes.grouped(paper_codes.paper(value)).lower(), size=len(value)) == value
    )


def sealed_identity(plain: bytes = b"kontak", context: str = "identitas:1") -> bytes:
    return seal_to_two(plain, INSPEKTORAT.public, OMBUDSMAN.public, context=context)


def halves(sealed: bytes, context: str = "identitas:1") -> tuple[Half, Half]:
    locked = sealing.locked_shares(sealed)
    return (
        open_half(locked, INSPEKTORAT.private, slot="A", context=context),
        open_half(locked, OMBUDSMAN.private, slot="B", context=context),
    )


@given(st.binary(max_size=700))
def test_an_identity_opens_with_both_halves(plain: bytes) -> None:
    sealed = sealed_identity(plain)
    assert sealing.join_halves(sealed, *halves(sealed), context="identitas:1") == plain


def test_sealed_identities_of_usual_length_have_one_size() -> None:
    assert len({len(sealed_identity(b"x" * length)) for length in (0, 1, 40, 255)}) == 1
    assert len(sealed_identity(b"x" * 256)) > len(sealed_identity(b"x" * 255))


@given(st.data())
def test_an_identity_with_any_bit_changed_stays_shut(data: st.DataObject) -> None:
    sealed = sealed_identity()
    changed = flipped(sealed, data.draw(st.integers(0, len(sealed) * 8 - 1)))
    kept = halves(sealed)
    assert broken(lambda: sealing.join_halves(changed, *kept, context="identitas:1"))


@given(st.data())
def test_a_locked_share_with_any_bit_changed_gives_no_half(data: st.DataObject) -> None:
    locked = sealing.locked_shares(sealed_identity())
    changed = flipped(locked, data.draw(st.integers(8 + 64, (1 + sealing._BOX) * 8 - 1)))
    assert broken(lambda: open_half(changed, INSPEKTORAT.private, slot="A", context="identitas:1"))


@given(st.binary(min_size=32, max_size=32))
def test_one_half_alone_opens_nothing(guess: bytes) -> None:
    sealed = sealed_identity()
    half_a, half_b = halves(sealed)
    for pair in ((half_a, Half("B", guess)), (Half("A", guess), half_b), (half_a, Half("B", half_a.share))):
        assert broken(lambda pair=pair: sealing.join_halves(sealed, *pair, context="identitas:1"))
    assert broken(lambda: sealing.join_halves(sealed, half_b, half_a, context="identitas:1"))


def test_neither_holder_can_open_the_others_half_and_a_stranger_none() -> None:
    locked = sealing.locked_shares(sealed_identity())
    for private, slot in [(INSPEKTORAT.private, "B"), (OMBUDSMAN.private, "A"), (STRANGER.private, "A")]:
        assert broken(lambda p=private, s=slot: open_half(locked, p, slot=s, context="identitas:1"))


def test_halves_fit_their_own_identity_only() -> None:
    one, other = sealed_identity(), sealed_identity()
    half_a, half_b = halves(one)
    assert sealing.fits(one, half_a)
    assert not sealing.fits(other, half_a)
    assert not sealing.fits(one, Half("B", half_a.share))
    assert not sealing.fits(one[:100], half_b)
    assert broken(lambda: sealing.join_halves(other, half_a, half_b, context="identitas:1"))


def test_an_identity_does_not_open_under_another_name() -> None:
    sealed = sealed_identity()
    kept = halves(sealed)
    assert broken(lambda: sealing.join_halves(sealed, *kept, context="identitas:2"))
    assert broken(lambda: open_half(sealed, INSPEKTORAT.private, slot="A", context="identitas:2"))


def test_what_holders_are_given_does_not_contain_the_content() -> None:
    sealed = sealed_identity()
    assert len(sealing.locked_shares(sealed)) < len(sealed) - 256
    assert sealing.sealed_to(sealed, "A") == sealing.holder_id(INSPEKTORAT.public)
    assert sealing.sealed_to(sealed, "B") == sealing.holder_id(OMBUDSMAN.public)


def test_two_holders_cannot_be_one() -> None:
    with pytest.raises(ValueError, match="same key"):
        seal_to_two(b"x", INSPEKTORAT.public, INSPEKTORAT.public, context="x")


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31)])
def test_a_public_key_that_gives_everybody_the_same_secret_is_refused(public: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal_to_two(b"x", public, OMBUDSMAN.public, context="x")


def test_secrets_do_not_show_when_printed() -> None:
    half, _ = halves(sealed_identity())
    assert "share" not in repr(half)
    assert "private" not in repr(INSPEKTORAT)
