"""Asking offices on the spot to look, and their answer from the phone card. An answer settles nothing by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.models import Event, EventReport
from kentongan.verification.actions.checking import write_line
from kentongan.verification.actions.rows import event_to_check, record, reopen
from kentongan.verification.decisions import kept_words, question_fault
from kentongan.verification.models import Check, CheckStatus, FieldAnswer, FieldCheck
from kentongan.verification.queries import lines_of, offices_on_the_spot, offices_to_ask, was_late


@dataclass(frozen=True, slots=True)
class FieldQuestion:
    """What an office on the spot is asked, in the words that it will read; `item` is the line it is about, if one."""

    agency: int
    question: str
    due_at: datetime
    item: str = ""


@action
def ask_field_check(event_id: int, asked: FieldQuestion, *, by: Actor, at: datetime) -> FieldCheck:
    """Send an edited summary to one office and ask for an answer by a time; never to an office that is accused."""
    event = event_to_check(event_id, by=by, at=at)
    _require_office(event, asked.agency, at=at)
    _require_question(event, asked, at=at)
    sent: FieldCheck = FieldCheck.objects.create(
        event=event,
        item=asked.item,
        agency_id=asked.agency,
        question=kept_words(asked.question),
        asked_by=by.audit_name,
        asked_at=at,
        due_at=asked.due_at,
    )
    before = reopen(event, by=by, at=at, reason="") if event.verification == "unverified" else ""
    if asked.item and not Check.objects.filter(event=event, item=asked.item).exclude(status="open").exists():
        write_line(event, item=asked.item, status=CheckStatus.ASKED, finding="", by=by, at=at)
    record(
        "field_check.asked",
        event,
        by=by,
        at=at,
        field_check=sent.pk,
        agency=asked.agency,
        item=asked.item,
        due=asked.due_at.isoformat(),
        opened_from=before,
    )
    return sent


@action
def look_at_field_check(request: FieldCheck, *, by: Actor, at: datetime) -> None:
    """Somebody of the asked office opened the card: the look leaves a trace."""
    audit.look(
        "field_check.read",
        actor=by.audit_name,
        at=at,
        area=request.event.area,
        subject=f"field_check:{request.pk}",
    )


@action
def answer_field_check(number: int, *, answer: str, note: str = "", by: Actor, at: datetime) -> FieldCheck:
    """The answer of the asked office: once, late as well as in time. The desk reads it beside the line and decides."""
    require(by, Permission.CHECK_ANSWER)
    request = _locked(number)
    agencies = {post.agency_id for post in by.posts if Permission.CHECK_ANSWER in post.role.permissions}
    if request.agency_id not in agencies:
        raise Problem("verification.field_check_unknown", number=number)
    _require_open(request)
    if answer not in FieldAnswer.values:
        raise Problem("verification.answer_unknown", value=answer[:20])
    request.answer, request.note = answer, kept_words(note)
    request.answered_by, request.answered_at = by.audit_name, at
    request.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    record(
        "field_check.answered",
        request.event,
        by=by,
        at=at,
        reason=request.note,
        field_check=request.pk,
        agency=request.agency_id,
        item=request.item,
        answer=answer,
        late=was_late(request),
    )
    return request


@action
def withdraw_field_check(number: int, *, by: Actor, at: datetime, reason: str = "") -> FieldCheck:
    """Take back a question that nobody has answered; its line is open again when nobody else is asked about it."""
    require(by, Permission.EVENT_VERIFY)
    request = _locked(number)
    event = event_to_check(request.event_id, by=by, at=at)
    _require_open(request)
    request.withdrawn_at = at
    request.save(update_fields=["withdrawn_at"])
    _open_line_again(request, by=by, at=at)
    record(
        "field_check.withdrawn",
        event,
        by=by,
        at=at,
        reason=reason.strip(),
        field_check=request.pk,
        agency=request.agency_id,
    )
    return request


def _locked(number: int) -> FieldCheck:
    rows = FieldCheck.objects.for_action().select_for_update(of=("self",)).select_related("event")
    request: FieldCheck | None = rows.filter(pk=number).first()
    if request is None:
        raise Problem("verification.field_check_unknown", number=number)
    return request


def _require_open(request: FieldCheck) -> None:
    if request.answer:
        raise Problem("verification.already_answered", number=request.pk)
    if request.withdrawn_at is not None:
        raise Problem("verification.question_withdrawn", number=request.pk)


def _require_office(event: Event, agency: int, *, at: datetime) -> None:
    """One of the offices that may be asked; for an accused one the refusal names the others."""
    may_be_asked = offices_to_ask(event, on=at.date())
    if any(office.pk == agency for office in may_be_asked):
        return
    on_the_spot = {office.pk: office for office in offices_on_the_spot(event, on=at.date())}
    if agency not in on_the_spot:
        raise Problem("verification.office_not_there", number=agency)
    raise Problem(
        "verification.office_accused",
        agency=on_the_spot[agency].short_name,
        others=", ".join(office.short_name for office in may_be_asked) or "–",
    )


def _require_question(event: Event, asked: FieldQuestion, *, at: datetime) -> None:
    texts = EventReport.objects.filter(event=event).values_list("report__text_masked", flat=True)
    fault = question_fault(asked.question, report_texts=texts)
    if fault:
        raise Problem(fault)
    if asked.due_at <= at:
        raise Problem("verification.due_past")
    if asked.item and asked.item not in {line.item for line in lines_of(event, on=at.date())}:
        raise Problem("verification.item_unknown", value=asked.item[:20])


def _open_line_again(request: FieldCheck, *, by: Actor, at: datetime) -> None:
    others = FieldCheck.objects.for_action().filter(
        event=request.event_id, item=request.item, withdrawn_at=None
    )
    asked = Check.objects.filter(event=request.event_id, item=request.item, status=CheckStatus.ASKED)
    if request.item and asked.exists() and not others.exists():
        write_line(request.event, item=request.item, status=CheckStatus.OPEN, finding="", by=by, at=at)
