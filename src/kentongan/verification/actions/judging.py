"""Writing verdicts. New evidence re-opens an event; no verdict is ever overwritten, and who disagrees says so beside it."""

from __future__ import annotations

from datetime import date, datetime

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.actions import require_move, revise_verification
from kentongan.events.models import Event, VerificationState
from kentongan.policy import policy_on
from kentongan.verification.actions.rows import event_to_judge, record, reopen
from kentongan.verification.decisions import Conclusion, kept_words, refusal_of, refused_by_checks
from kentongan.verification.models import Check, Dissent, Evidence, Verdict
from kentongan.verification.queries import lines_of, verdict_waiting


@action
def verify_event(event_id: int, conclusion: Conclusion, *, by: Actor, at: datetime) -> Verdict:
    """Record a verdict on an event; what follows is listed in pipeline/flow.py.

    For a type that two persons judge, this is the first word: the event stays under verification until somebody else
    confirms it (`confirm_verdict`).
    """
    event = event_to_judge(event_id, by=by, at=at)
    content_grade = _sound_content_grade(conclusion)
    _require_checked(event, conclusion.verdict, at=at)
    if event.verification != VerificationState.IN_PROGRESS:
        require_move("verification", event.verification, VerificationState.IN_PROGRESS, at=at)
    require_move("verification", VerificationState.IN_PROGRESS, conclusion.verdict, at=at)
    two = policy_on(at.date()).event_types[event.type_code].two_persons
    verdict = Verdict.objects.create(
        event=event,
        verdict=conclusion.verdict,
        content_grade=content_grade,
        source_grade=conclusion.source_grade,
        evidence=kept_words(conclusion.evidence),
        reason=kept_words(conclusion.reason),
        review_on=conclusion.review_on,
        needs_second=two,
        given_by=by.audit_name,
        given_at=at,
    )
    if two:
        reopen(event, by=by, at=at, reason=verdict.reason)
        _record("event.graded", verdict, by=by, at=at)
    else:
        _put_on_event(verdict, by=by, at=at)
        _record("event.verified", verdict, by=by, at=at)
    return verdict


@action
def confirm_verdict(verdict_id: int, *, reason: str, by: Actor, at: datetime) -> Verdict:
    """The second person's word on a first verdict, as a row of its own; now it stands on the event.

    Whoever does not agree writes a dissent or judges anew; a first word lapses when anything was checked after it.
    """
    known = Verdict.objects.filter(pk=verdict_id).first()
    if known is None:
        raise Problem("verification.verdict_not_waiting", number=verdict_id)
    event = event_to_judge(known.event_id, by=by, at=at)
    first = verdict_waiting(event)
    if first is None or first.pk != verdict_id:
        raise Problem("verification.verdict_not_waiting", number=verdict_id)
    if first.given_by == by.audit_name:
        raise Problem("verification.same_person", number=event.pk)
    if not reason.strip():
        raise Problem("verification.reason_missing")
    if _changed_since(event, first.given_at):
        raise Problem("verification.first_word_lapsed", number=event.pk)
    _require_checked(event, first.verdict, at=at)
    second = Verdict.objects.create(
        event=event,
        verdict=first.verdict,
        content_grade=first.content_grade,
        source_grade=first.source_grade,
        reason=kept_words(reason),
        review_on=first.review_on,
        confirms=first,
        given_by=by.audit_name,
        given_at=at,
    )
    _put_on_event(second, by=by, at=at)
    _record("event.verified", second, by=by, at=at, first=first.given_by)
    return second


@action
def dissent_from(verdict_id: int, *, text: str, by: Actor, at: datetime) -> Dissent:
    """Say that one does not agree with somebody else's verdict. It stands beside it and changes nothing."""
    verdict = Verdict.objects.filter(pk=verdict_id).first()
    if verdict is None:
        raise Problem("verification.no_such_verdict", number=verdict_id)
    event = event_to_judge(verdict.event_id, by=by, at=at)
    second = getattr(verdict, "confirmed_by", None)
    if by.audit_name in (verdict.given_by, second and second.given_by):
        raise Problem("verification.dissent_from_oneself")
    if not text.strip():
        raise Problem("verification.dissent_empty")
    dissent = Dissent.objects.create(
        verdict=verdict, text=kept_words(text), written_by=by.audit_name, written_at=at
    )
    record("verdict.dissented", event, by=by, at=at, reason=dissent.text, verdict=verdict.pk)
    return dissent


def _sound_content_grade(conclusion: Conclusion) -> int:
    """The content grade of a conclusion that may be given.

    Content comes first: judged the other way round, who said it would decide what is believed.
    """
    if conclusion.content_grade is None:
        raise Problem("verification.content_first")
    refusal = refusal_of(conclusion)
    if refusal is not None:
        raise Problem(refusal[0], **refusal[1])
    return conclusion.content_grade


def _require_checked(event: Event, verdict: str, *, at: datetime) -> None:
    refused = refused_by_checks(verdict, lines_of(event, on=at.date()))
    if refused is not None:
        words = policy_on(at.date()).vocabularies["check_item"]
        raise Problem(
            refused[0],
            items=", ".join(words[item].label.id for item in refused[1]),
            items_en=", ".join(words[item].label.en for item in refused[1]),
        )


def _changed_since(event: Event, moment: datetime) -> bool:
    """Whether evidence came or a line was written after that moment."""
    evidence = Evidence.objects.filter(event=event, added_at__gt=moment)
    return evidence.exists() or Check.objects.filter(event=event, checked_at__gt=moment).exists()


def _put_on_event(verdict: Verdict, *, by: Actor, at: datetime) -> None:
    review_on: date | None = verdict.review_on
    revise_verification(
        verdict.event,
        to=verdict.verdict,
        source_grade=verdict.source_grade,
        content_grade=verdict.content_grade,
        review_on=review_on,
        by=by,
        at=at,
        reason=verdict.reason,
    )


def _record(what: str, verdict: Verdict, *, by: Actor, at: datetime, **detail: str) -> None:
    record(
        what,
        verdict.event,
        by=by,
        at=at,
        reason=verdict.reason,
        verdict=verdict.verdict,
        content_grade=verdict.content_grade,
        source_grade=verdict.source_grade,
        **detail,
    )
