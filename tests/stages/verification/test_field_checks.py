"""Requests to the tiga pilar: asked of an office on the spot that is not accused, answered once, settling nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kentongan.accounts.models import AgencyKind
from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.events.models import Event, EventFacet
from kentongan.verification.actions import (
    answer_field_check,
    ask_field_check,
    look_at_field_check,
    set_check,
    withdraw_field_check,
)
from kentongan.verification.models import Check, FieldAnswer, FieldCheck
from kentongan.verification.queries import (
    answered_requests,
    answers_in,
    field_check_in,
    field_checks_of,
    is_overdue,
    offices_to_ask,
    open_requests,
    was_late,
)
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused
from tests.stages.verification.checking import danu, question, sekar, stored, village_office

pytestmark = pytest.mark.django_db


def asked(event: Event | None = None, **changes: object) -> FieldCheck:
    return ask_field_check((event or world.event()).pk, question(**changes), by=world.ratna(), at=NOW)


def names(event: Event) -> list[str]:
    return [office.short_name for office in offices_to_ask(event, on=NOW.date())]


# --- asking


def test_a_question_goes_out_with_its_line_marked_as_asked() -> None:
    request = asked()
    assert (request.agency, request.item, request.answer) == (village_office(), "kejadian", "")
    assert Check.objects.get(event=request.event).status == "asked"
    assert stored(request.event).verification == "in_progress"
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.subject) == ("field_check.asked", f"event:{request.event_id}")
    assert request.question not in str(entry.detail) + entry.reason


def test_a_settled_line_and_a_standing_verdict_stay_when_somebody_is_asked() -> None:
    event = world.event(verdict="verified")
    request = ask_field_check(event.pk, question(), by=world.ratna(), at=NOW + HOUR)
    assert Check.objects.get(event=event, item="kejadian").status == "proven"
    assert stored(event).verification == "verified"
    assert request.item == "kejadian"


def test_the_offices_on_the_spot_are_offered_the_nearest_first() -> None:
    event = world.event()
    village_office()
    world.polres()
    sekar()
    factories.agency("Kodim", kind=AgencyKind.TNI)
    assert names(event) == [village_office().short_name, world.polres().short_name]


def test_an_office_in_which_nobody_can_answer_is_not_offered() -> None:
    event, who = world.event(), world.ratna()
    kodim = factories.agency("Kodim", kind=AgencyKind.TNI)
    with refused("verification.office_not_there"):
        ask_field_check(event.pk, question(kodim.pk), by=who, at=NOW)
    people.anggota_timdu(agency=kodim, name="Surya")
    assert names(event) == ["Kodim"]


def test_an_office_of_another_place_or_kind_is_refused() -> None:
    event, who = world.event(area=world.OTHER_VILLAGE), world.ratna()
    kpu = world.agency_of(people.penyelenggara())
    for office in (village_office().pk, kpu.pk, 990_001):
        with refused("verification.office_not_there"):
            ask_field_check(event.pk, question(office), by=who, at=NOW)


@pytest.mark.parametrize(
    ("accused", "left"), [("desa", {"polres"}), ("polri", {"desa"}), ("", {"polres", "desa"})]
)
def test_an_accused_office_is_neither_offered_nor_asked(accused: str, left: set[str]) -> None:
    offices = {"desa": village_office(), "polres": world.polres()}
    event = world.event(reports=(world.report(accused=accused).pk,))
    who = world.ratna()
    assert set(names(event)) == {offices[name].short_name for name in left}
    for name in set(offices) - left:
        with refused("verification.office_accused"):
            ask_field_check(event.pk, question(offices[name].pk), by=who, at=NOW)


def test_a_party_of_the_event_is_not_asked_about_itself() -> None:
    village_office()
    event = world.event()
    EventFacet.objects.create(event=event, facet="actor_type", code="A12", note="")
    assert names(event) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"question": "Benarkah S-14 melihatnya?"}, "verification.question_names_source"),
        ({"question": "Hubungi [telepon]."}, "verification.question_holds_identifier"),
        ({"question": " "}, "verification.question_missing"),
        ({"due_at": NOW}, "verification.due_past"),
        ({"item": "cuaca"}, "verification.item_unknown"),
    ],
)
def test_a_question_that_may_not_go_out_is_refused(changes: dict[str, object], code: str) -> None:
    event, who, sent = world.event(), world.ratna(), question(**changes)
    with refused(code):
        ask_field_check(event.pk, sent, by=who, at=NOW)


def test_a_question_does_not_quote_a_linked_report() -> None:
    text = "Semalam ada empat orang berboncengan membawa cat putih menuju tugu perguruan di dusun."
    event, who = world.event(reports=(world.report(text).pk,)), world.ratna()
    sent = question(question="Benarkah empat orang berboncengan membawa cat putih menuju tugu perguruan?")
    with refused("verification.question_quotes_report"):
        ask_field_check(event.pk, sent, by=who, at=NOW)


# --- answering


@pytest.mark.parametrize("answer", FieldAnswer.values)
def test_an_answer_stands_beside_the_line_and_settles_nothing(answer: str) -> None:
    request = asked()
    answer_field_check(request.pk, answer=answer, note="Dilihat sendiri.", by=danu(), at=NOW + HOUR)
    scope = world.ratna().scope_for(Permission.EVENT_VERIFY)
    (row,) = field_checks_of(request.event, scope)
    assert (row.answer, row.note, row.answered_by) == (answer, "Dilihat sendiri.", danu().audit_name)
    assert Check.objects.get(event=request.event).status == "asked"
    assert stored(request.event).verification == "in_progress"
    assert [each.answer for each in answers_in([row])] == [answer]


def test_an_answer_is_given_once() -> None:
    request, who = asked(), danu()
    answer_field_check(request.pk, answer="true", by=who, at=NOW + HOUR)
    with refused("verification.already_answered"):
        answer_field_check(request.pk, answer="untrue", by=who, at=NOW + 2 * HOUR)


def test_a_late_answer_counts_and_is_marked() -> None:
    request = asked()
    late = request.due_at + timedelta(minutes=1)
    assert is_overdue(request, now=late)
    answered = answer_field_check(request.pk, answer="true", by=danu(), at=late)
    assert was_late(answered)
    assert not is_overdue(answered, now=late)
    assert AuditEntry.objects.latest("seq").detail["late"] is True


def test_nobody_answers_for_another_office() -> None:
    request, alya, ratna = asked(), world.alya(), world.ratna()
    with refused("verification.field_check_unknown"):
        answer_field_check(request.pk, answer="true", by=alya, at=NOW)
    with refused("accounts.not_permitted"):
        answer_field_check(request.pk, answer="true", by=ratna, at=NOW)


def test_an_answer_that_is_none_is_refused() -> None:
    request, who = asked(), danu()
    with refused("verification.answer_unknown"):
        answer_field_check(request.pk, answer="mungkin", by=who, at=NOW)


def test_identifiers_in_a_note_are_masked() -> None:
    request = asked()
    note = "Tanya 0812-3456-7890."
    assert answer_field_check(request.pk, answer="unknown", note=note, by=danu(), at=NOW).note == (
        "Tanya [telepon]."
    )


# --- taking back


def test_a_question_taken_back_needs_no_answer_and_opens_its_line_again() -> None:
    request, who = asked(), danu()
    withdraw_field_check(request.pk, by=world.ratna(), at=NOW + HOUR, reason="Sudah jelas.")
    assert Check.objects.get(event=request.event).status == "open"
    with refused("verification.question_withdrawn"):
        answer_field_check(request.pk, answer="true", by=who, at=NOW + HOUR)
    assert list(open_requests(who.scope_for(Permission.CHECK_ANSWER), agencies=who.agency_ids)) == []


def test_a_line_that_others_are_asked_about_or_that_was_settled_stays() -> None:
    event = world.event()
    first, _second = asked(event), asked(event, agency=world.polres().pk)
    withdraw_field_check(first.pk, by=world.ratna(), at=NOW)
    assert Check.objects.get(event=event).status == "asked"
    set_check(event.pk, item="kejadian", status="proven", finding="Foto.", by=world.ratna(), at=NOW)
    withdraw_field_check(_second.pk, by=world.ratna(), at=NOW)
    assert Check.objects.get(event=event).status == "proven"


def test_what_was_answered_is_not_taken_back() -> None:
    request, who = asked(), world.ratna()
    answer_field_check(request.pk, answer="true", by=danu(), at=NOW)
    with refused("verification.already_answered"):
        withdraw_field_check(request.pk, by=who, at=NOW)


# --- reading


def test_an_office_sees_its_own_requests_alone_the_most_pressing_first() -> None:
    later = asked(due_at=NOW + 9 * HOUR)
    sooner = asked(due_at=NOW + HOUR)
    asked(agency=world.polres().pk)
    who = danu()
    scope = who.scope_for(Permission.CHECK_ANSWER)
    assert [row.pk for row in open_requests(scope, agencies=who.agency_ids)] == [sooner.pk, later.pk]
    answer_field_check(later.pk, answer="true", by=who, at=NOW)
    assert [row.pk for row in answered_requests(scope, agencies=who.agency_ids)] == [later.pk]


def test_a_request_of_another_office_does_not_exist_for_the_reader() -> None:
    request, who = asked(agency=world.polres().pk), danu()
    with refused("verification.field_check_unknown"):
        field_check_in(who.scope_for(Permission.CHECK_ANSWER), request.pk)


def test_the_desk_of_another_regency_sees_no_request() -> None:
    request, who = asked(), world.stranger()
    assert list(field_checks_of(request.event, who.scope_for(Permission.EVENT_VERIFY))) == []


def test_opening_a_card_leaves_one_trace() -> None:
    request, who = asked(), danu()
    for _ in range(2):
        look_at_field_check(request, by=who, at=NOW)
    assert AuditEntry.objects.filter(action="field_check.read").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "true"},
        {"answered_at": NOW},
        {"answer": "mungkin", "answered_at": NOW},
        {"question": ""},
        {"due_at": NOW},
    ],
)
def test_the_database_refuses_a_request_that_cannot_be(changes: dict[str, object]) -> None:
    values: dict[str, object] = {
        "event": world.event(), "agency": village_office(), "question": "Benarkah?", "asked_by": "akun:1",
        "asked_at": NOW, "due_at": NOW + HOUR,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        FieldCheck.objects.create(**values | changes)
