"""An opening from the request to the reporter's notice, and everything that must stop it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from kentongan.accounts.actors import Actor
from kentongan.audit.models import AuditEntry
from kentongan.edge import sealing
from kentongan.edge.problems import Problem
from kentongan.intake import disclosure
from kentongan.vault import actions as vault
from kentongan.vault import paper
from kentongan.vault.decisions import State
from kentongan.vault.models import DisclosureHalf, DisclosureRequest
from tests.stages.vault.people import (
    INSPEKTORAT,
    KESBANGPOL,
    KEYS,
    NOW,
    OMBUDSMAN,
    OTHER_REGENCY,
    WALUKU,
    agency,
    person,
    two_holders,
)

pytestmark = pytest.mark.django_db
CONTACT = {"nama": "Sari Kusumawardani", "telepon": "0812-0000-0001"}
BASIS, REASON = "Pasal 15 UU 27/2022", "Ancaman nyata terhadap pelapor"


@pytest.fixture
def identity() -> UUID:
    two_holders()
    return vault.seal_identity(
        CONTACT, WALUKU.low, on=NOW.date(), retention_until=NOW.date() + timedelta(days=90)
    )


@pytest.fixture
def alya() -> Actor:
    """Asks; head of division at Kesbangpol."""
    return person(1, "kabid", KESBANGPOL)


@pytest.fixture
def budi() -> Actor:
    return person(2, "wali_pelapor", INSPEKTORAT)


@pytest.fixture
def citra() -> Actor:
    return person(3, "wali_pelapor", OMBUDSMAN)


def ask(identity: UUID, by: Actor) -> int:
    return disclosure.request_disclosure(
        identity, report="report:31", pseudonym="S-14", legal_basis=BASIS, reason=REASON, by=by, at=NOW
    )


def half_by(number: int, holder: Actor, body: str) -> str:
    """What the holder does on its own machine: file and recovery sheet in, code out."""
    file = disclosure.read_holder_file(disclosure.request_file(number, by=holder, at=NOW))
    return disclosure.open_half_from_sheet(file, "\n".join(paper.sheet_lines(KEYS[body].private)))


def give(number: int, holder: Actor, body: str) -> State:
    return disclosure.give_half(number, half_by(number, holder, body), by=holder, at=NOW)


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.sentence("id") != caught.value.sentence("en")
    return caught.value.code


def test_two_bodies_open_an_identity_which_is_shown_once_and_told(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    assert give(number, citra, OMBUDSMAN) is State.ONE_HALF
    assert give(number, budi, INSPEKTORAT) is State.READY
    shown = disclosure.show_once(number, by=alya, at=NOW)
    assert shown.contact == CONTACT
    assert shown.until == NOW + timedelta(minutes=15)
    assert shown.watermark == f"akun:1 · 2026-04-02 01.15 UTC · permintaan {number}"
    assert code_of(lambda: disclosure.show_once(number, by=alya, at=NOW)) == "vault.already_shown"
    (notice,) = disclosure.notices_for("report:31", on=NOW.date())
    assert (notice.bodies, notice.legal_basis) == ((INSPEKTORAT, OMBUDSMAN), BASIS)


def test_every_step_is_in_the_audit_chain_and_none_holds_the_contact(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    give(number, citra, OMBUDSMAN)
    disclosure.show_once(number, by=alya, at=NOW)
    entries = AuditEntry.objects.filter(subject=f"disclosure:{number}").order_by("seq")
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("disclosure.requested", "akun:1"),
        ("disclosure.file_taken", "akun:2"),
        ("disclosure.half_given", "akun:2"),
        ("disclosure.file_taken", "akun:3"),
        ("disclosure.half_given", "akun:3"),
        ("disclosure.shown", "akun:1"),
    ]
    written = repr([(entry.detail, entry.reason) for entry in entries])
    assert "Sari" not in written
    assert identity.hex not in written.replace("-", "")


def test_the_halves_are_gone_once_the_contact_was_shown(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    give(number, citra, OMBUDSMAN)
    assert DisclosureHalf.objects.filter(share=None).count() == 0
    disclosure.show_once(number, by=alya, at=NOW)
    assert DisclosureHalf.objects.filter(share=None).count() == 2


def test_the_server_cannot_open_with_one_half(identity: UUID, alya: Actor, budi: Actor) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    assert code_of(lambda: disclosure.show_once(number, by=alya, at=NOW)) == "vault.halves_missing"


def test_two_persons_of_one_body_cannot_open(identity: UUID, alya: Actor, budi: Actor) -> None:
    number = ask(identity, alya)
    colleague = person(4, "wali_pelapor", INSPEKTORAT)
    give(number, budi, INSPEKTORAT)
    assert code_of(lambda: give(number, colleague, INSPEKTORAT)) == "vault.second_body_needed"
    # Even with the other body's paper in hand.
    file = disclosure.read_holder_file(
        disclosure.request_file(number, by=person(3, "wali_pelapor", OMBUDSMAN), at=NOW)
    )
    stolen = disclosure.open_half_from_sheet(file, "\n".join(paper.sheet_lines(KEYS[OMBUDSMAN].private)))
    assert (
        code_of(lambda: disclosure.give_half(number, stolen, by=colleague, at=NOW))
        == "vault.second_body_needed"
    )


def test_one_person_at_two_bodies_cannot_open_alone(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    both = Actor(account_id=budi.account_id, name=budi.name, posts=citra.posts)
    assert code_of(lambda: give(number, both, OMBUDSMAN)) == "vault.second_person_needed"


def test_who_asks_cannot_also_give(identity: UUID, budi: Actor) -> None:
    asker = person(9, "kabid", KESBANGPOL)
    both = Actor(account_id=9, name="x", posts=(*asker.posts, *budi.posts))
    number = ask(identity, both)
    assert code_of(lambda: give(number, both, INSPEKTORAT)) == "vault.own_request"


def test_two_bodies_and_two_persons_are_constraints_of_the_database(
    identity: UUID, alya: Actor, budi: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    first = DisclosureHalf.objects.get()
    for same in ({"slot": "A"}, {"given_by": first.given_by}, {"agency_id": first.agency_id}):
        other = {"slot": "B", "given_by": "akun:77", "agency_id": 77, "body": "x", "given_at": NOW} | same
        with pytest.raises(IntegrityError), transaction.atomic():
            DisclosureHalf.objects.create(request_id=number, **other)


@pytest.mark.parametrize("role", ["fkdm", "analis", "pimpinan", "admin", "pengawas", "wali_pelapor"])
def test_only_those_who_may_ask_can_ask(identity: UUID, role: str) -> None:
    if role == "analis":
        assert ask(identity, person(5, role, KESBANGPOL)) > 0
    else:
        assert code_of(lambda: ask(identity, person(5, role, KESBANGPOL))) == "accounts.not_permitted"


def test_nobody_asks_beyond_the_own_area(identity: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    # These tests need no list of regions, only the name of this one in the sentence.
    monkeypatch.setattr("kentongan.accounts.access.region_label", lambda key: f"Kab. {key}")
    outsider = person(5, "kabid", KESBANGPOL, own=OTHER_REGENCY)
    with pytest.raises(Problem) as caught:
        ask(identity, outsider)
    assert caught.value.code == "accounts.outside_area"


def test_no_part_of_the_system_can_ask_or_give(identity: UUID, alya: Actor) -> None:
    robot = Actor.of_system("pipeline")
    assert code_of(lambda: ask(identity, robot)) == "vault.person_needed"
    number = ask(identity, alya)
    assert code_of(lambda: disclosure.request_file(number, by=robot, at=NOW)) == "vault.person_needed"


def test_a_guardian_of_a_body_without_key_gets_no_file(identity: UUID, alya: Actor) -> None:
    number = ask(identity, alya)
    stranger = person(6, "wali_pelapor", KESBANGPOL)
    assert code_of(lambda: disclosure.request_file(number, by=stranger, at=NOW)) == "vault.not_a_holder"


def test_the_file_for_a_holder_has_the_grounds_but_not_the_content(
    identity: UUID, alya: Actor, budi: Actor
) -> None:
    number = ask(identity, alya)
    facts = json.loads(disclosure.request_file(number, by=budi, at=NOW))
    assert (facts["slot"], facts["legal_basis"], facts["reason"]) == ("A", BASIS, REASON)
    file = disclosure.read_holder_file(json.dumps(facts))
    assert len(file.locked) == sealing._HEAD


def test_the_half_of_another_request_is_refused(identity: UUID, alya: Actor, budi: Actor) -> None:
    other = vault.seal_identity({"nama": "x"}, WALUKU.low, on=NOW.date(), retention_until=NOW.date())
    code = half_by(ask(other, alya), budi, INSPEKTORAT)
    number = ask(identity, alya)
    give_it = lambda: disclosure.give_half(number, code, by=budi, at=NOW)  # noqa: E731
    assert code_of(give_it) == "vault.half_does_not_fit"


@pytest.mark.parametrize("text", ["", "A", "C:7KQM", "A:7KQM-2XPA", "bukan kunci"])
def test_a_half_cut_short_is_told_so(identity: UUID, alya: Actor, budi: Actor, text: str) -> None:
    number = ask(identity, alya)
    assert code_of(lambda: disclosure.give_half(number, text, by=budi, at=NOW)) == "vault.half_unreadable"


def test_a_refusal_ends_it_and_destroys_what_was_given(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    disclosure.refuse(number, reason="tidak ada dasar hukum", by=citra, at=NOW)
    assert DisclosureHalf.objects.get().share is None
    assert code_of(lambda: give(number, citra, OMBUDSMAN)) == "vault.request_over"
    assert code_of(lambda: disclosure.show_once(number, by=alya, at=NOW)) == "vault.request_over"
    assert disclosure.notices_for("report:31", on=NOW.date()) == []


def test_nobody_but_the_asker_sees_the_contact(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    give(number, citra, OMBUDSMAN)
    colleague = person(8, "kabid", KESBANGPOL)
    assert code_of(lambda: disclosure.show_once(number, by=colleague, at=NOW)) == "vault.not_the_asker"
    assert code_of(lambda: disclosure.show_once(number, by=citra, at=NOW)) == "accounts.not_permitted"


def test_halves_that_nobody_used_are_destroyed_after_a_day(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    give(number, citra, OMBUDSMAN)
    late = NOW + timedelta(hours=24)
    assert code_of(lambda: disclosure.show_once(number, by=alya, at=late)) == "vault.request_over"
    assert vault.purge_due(late.date(), at=late).shares == 2


def test_a_request_about_a_destroyed_identity_says_so(identity: UUID, alya: Actor, budi: Actor) -> None:
    number = ask(identity, alya)
    vault.forget_identity(identity)
    assert code_of(lambda: disclosure.request_file(number, by=budi, at=NOW)) == "vault.identity_gone"


def test_telling_the_reporter_waits_only_for_a_recorded_reason(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    give(number, citra, OMBUDSMAN)
    until = NOW.date() + timedelta(days=14)
    assert (
        code_of(lambda: disclosure.show_once(number, by=alya, at=NOW, delay_telling_until=until))
        == "vault.delay_refused"
    )
    disclosure.show_once(
        number, by=alya, at=NOW, delay_telling_until=until, delay_reason="tim masih di lokasi"
    )
    assert disclosure.notices_for("report:31", on=until - timedelta(days=1)) == []
    assert len(disclosure.notices_for("report:31", on=until)) == 1
    assert DisclosureRequest.objects.get().delay_reason == "tim masih di lokasi"


def test_asker_holders_and_overseer_see_the_request_and_others_do_not(
    identity: UUID, alya: Actor, budi: Actor, citra: Actor
) -> None:
    number = ask(identity, alya)
    give(number, budi, INSPEKTORAT)
    overseer = person(20, "pengawas", INSPEKTORAT)
    for reader in (alya, budi, citra, overseer):
        (row,) = disclosure.disclosures_for(reader, now=NOW)
        assert (row.number, row.state, row.halves[0].body) == (number, State.ONE_HALF, INSPEKTORAT)
    elsewhere = person(21, "pengawas", INSPEKTORAT, own=OTHER_REGENCY)
    for other in (person(22, "analis", KESBANGPOL), person(23, "wali_pelapor", KESBANGPOL), elsewhere):
        assert disclosure.disclosures_for(other, now=NOW) == []


def test_grounds_are_never_empty(identity: UUID, alya: Actor) -> None:
    def ask_without(**grounds: str) -> int:
        given = {"legal_basis": BASIS, "reason": REASON} | grounds
        return disclosure.request_disclosure(identity, report="r", pseudonym="S-14", by=alya, at=NOW, **given)

    assert code_of(lambda: ask_without(legal_basis=" ")) == "vault.grounds_needed"
    assert code_of(lambda: ask_without(reason="")) == "vault.grounds_needed"


def test_an_unknown_request_is_told_so(budi: Actor) -> None:
    assert code_of(lambda: disclosure.request_file(99, by=budi, at=NOW)) == "vault.request_unknown"


def test_a_body_must_be_on_the_register_to_hold_a_key() -> None:
    agency(INSPEKTORAT)
    public = paper.public_code(KEYS[INSPEKTORAT].public)
    how: dict[str, Any] = {"office": "Sekretaris", "actor": "sistem:kunci", "at": NOW}
    assert (
        code_of(lambda: disclosure.register_holder("A", public, body="Siapa saja", **how))
        == "vault.body_unknown"
    )
    assert disclosure.register_holder("A", public, body=INSPEKTORAT, **how).body == INSPEKTORAT
