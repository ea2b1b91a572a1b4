"""The pure chain: whatever is changed, removed, added, moved, cut or written anew is found; an untouched one holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.audit.chain import START, Fault, FaultKind, JsonValue, Link, chained, first_fault, mac_of
from kentongan.edge.problems import problem_kinds

KEY, OTHER_KEY = b"k" * 32, b"x" * 32
PINNED = "5e3d61b62c4f46890d8abf04fd9b773a73532ce5090cabefd325016be3eac2d1"
MORNING = datetime(2026, 11, 12, 1, 15, tzinfo=timezone.utc)
Chain = list[tuple[Link, str]]

words = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(timezone.utc))


@st.composite
def chains(draw: st.DrawFn, *, least: int = 1) -> Chain:
    """A sound chain of a few entries."""
    length = draw(st.integers(least, 6))
    links = [
        Link(
            seq=number,
            at=draw(moments),
            action=draw(words),
            actor=draw(words),
            area=draw(st.none() | st.integers(0, 10**10)),
            subject=draw(words),
            reason=draw(words),
            detail=draw(st.dictionaries(words, values, max_size=3)),
        )
        for number in range(1, length + 1)
    ]
    return list(chained(links, key=KEY))


def heads_of(chain: Chain) -> dict[int, str]:
    return {chain[-1][0].seq: chain[-1][1]}


def fault(chain: Chain, heads: dict[int, str] | None = None) -> Fault | None:
    return first_fault(chain, key=KEY, heads=heads or {})


@given(chains())
def test_an_untouched_chain_holds_with_every_head_that_was_ever_kept(chain: Chain) -> None:
    assert fault(chain, {link.seq: mac for link, mac in chain}) is None


@given(chains(), st.data())
def test_a_change_of_any_field_of_any_entry_is_found_at_that_entry(chain: Chain, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.sampled_from(["at", "action", "actor", "area", "subject", "reason", "detail"]))
    link, mac = chain[place]
    other = {
        "at": link.at + timedelta(microseconds=1),
        "area": (link.area or 0) + 1,
        "detail": {**link.detail, "more": True, "even": "more"}
        if link.detail.get("more") is not True
        else {},
    }.get(field, f"{getattr(link, field)}!")
    chain[place] = (replace(link, **{field: other}), mac)
    assert fault(chain) == Fault(link.seq, FaultKind.CHANGED)


@given(chains(), st.data())
def test_a_change_of_a_mac_is_found(chain: Chain, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    link, mac = chain[place]
    forged = data.draw(words.filter(lambda text: text != mac))
    chain[place] = (link, forged)
    assert fault(chain) == Fault(link.seq, FaultKind.CHANGED)


@given(chains(least=2), st.data())
def test_a_removed_entry_is_named(chain: Chain, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    gone, _ = chain.pop(place)
    assert fault(chain) == Fault(gone.seq, FaultKind.MISSING, other=gone.seq + 1)


@given(chains(least=2), st.data())
def test_a_removed_entry_is_found_even_when_the_rest_is_numbered_anew(
    chain: Chain, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(chain) - 2))
    gone, _ = chain.pop(place)
    closed_up = [(replace(link, seq=number), mac) for number, (link, mac) in enumerate(chain, start=1)]
    assert fault(closed_up) == Fault(gone.seq, FaultKind.CHANGED)


@given(chains(), st.data())
def test_an_entry_put_in_between_is_found(chain: Chain, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    link, _mac = chain[place]
    slipped_in = (replace(link, reason=f"{link.reason}!"), mac_of(link, before=START, key=OTHER_KEY))
    forged = [*chain[:place], slipped_in, *chain[place:]]
    numbered = [(replace(link, seq=number), mac) for number, (link, mac) in enumerate(forged, start=1)]
    assert fault(numbered) == Fault(place + 1, FaultKind.CHANGED)


@given(chains(least=2), st.data())
def test_two_entries_that_changed_places_are_found(chain: Chain, data: st.DataObject) -> None:
    first, second = sorted(
        data.draw(st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2, unique=True))
    )
    chain[first], chain[second] = chain[second], chain[first]
    found = fault(chain)
    assert found is not None
    assert found.seq == first + 1


@given(chains(least=2), st.data())
def test_a_cut_tail_is_found_by_the_kept_head(chain: Chain, data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(chain) - 1))
    found = fault(chain[:left], heads_of(chain))
    assert found == Fault(left + 1, FaultKind.TAIL_CUT, other=len(chain))


@given(chains(least=2))
def test_a_cut_tail_without_any_kept_head_cannot_be_seen(chain: Chain) -> None:
    """Why the head is kept outside the database."""
    assert fault(chain[:-1]) is None


@given(chains(), st.data())
def test_a_chain_written_anew_with_another_key_is_found_where_it_begins(
    chain: Chain, data: st.DataObject
) -> None:
    begins = data.draw(st.integers(0, len(chain) - 1))
    assert fault(written_anew(chain, begins, key=OTHER_KEY)) == Fault(begins + 1, FaultKind.CHANGED)


@given(chains(), st.data())
def test_a_chain_written_anew_with_the_stolen_key_is_found_by_the_kept_head(
    chain: Chain, data: st.DataObject
) -> None:
    begins = data.draw(st.integers(0, len(chain) - 1))
    found = fault(written_anew(chain, begins, key=KEY), heads_of(chain))
    assert found == Fault(len(chain), FaultKind.HEAD_DIFFERS)


@given(chains(), st.data())
def test_a_chain_cut_and_grown_again_with_the_stolen_key_is_found_by_the_kept_head(
    chain: Chain, data: st.DataObject
) -> None:
    begins = data.draw(st.integers(0, len(chain) - 1))
    anew = written_anew(chain, begins, key=KEY)
    longer = [link for link, _ in anew] + [replace(chain[0][0], seq=len(chain) + 1)]
    assert fault(list(chained(longer, key=KEY)), heads_of(chain)) == Fault(len(chain), FaultKind.HEAD_DIFFERS)


def written_anew(chain: Chain, begins: int, *, key: bytes) -> Chain:
    """The chain with other entries from `begins` on, each properly macced with `key`."""
    before = chain[begins - 1][1] if begins else START
    other = [replace(link, reason=f"{link.reason}!") for link, _ in chain[begins:]]
    return [*chain[:begins], *chained(other, key=key, before=before)]


def test_the_same_moment_in_another_zone_is_the_same_entry() -> None:
    link = Link(1, MORNING, "toy.done", "akun:1", None, "", "")
    abroad = replace(link, at=MORNING.astimezone(timezone(timedelta(hours=7))))
    assert mac_of(link, before=START, key=KEY) == mac_of(abroad, before=START, key=KEY)


def test_the_mac_is_what_every_later_version_must_compute() -> None:
    link = Link(
        1, MORNING, "event.verified", "akun:12", 3514000000, "event:31", "dua sumber", {"verdict": "verified"}
    )
    assert mac_of(link, before=START, key=KEY) == PINNED


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_has_its_sentence(kind: FaultKind) -> None:
    assert kind.value in problem_kinds()
