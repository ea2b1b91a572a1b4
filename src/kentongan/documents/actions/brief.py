"""Issuing the leaders' brief, and the leader's answer to what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.documents.decisions.brief import MOST_LINES, brief_lines, one_line
from kentongan.documents.models import Brief, BriefAnswer, BriefRequest
from kentongan.documents.queries.brief import brief_facts
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.places.queries import region_by_key

LOOKS_BACK = timedelta(hours=24)


@action
def issue_brief(*, area: int, requests: Sequence[str], by: Actor, at: datetime) -> Brief:
    """Freeze what an area's leader should know now. What changed is counted since the brief before, 24 hours at least."""
    require(by, Permission.DOCUMENT_MAKE, area=area)
    asked = [one_line(text) for text in requests if text.strip()]
    if asked:
        # A decision is asked of the leader by the head of division, never by the desk alone.
        require(by, Permission.ALERT_APPROVE_SIAGA, area=area)
    if len(asked) > MOST_LINES:
        raise Problem("documents.brief_asks_too_much", value=len(asked), most=MOST_LINES)
    scope = by.scope_for(Permission.DOCUMENT_MAKE).within(region_by_key(area).range)
    before = Brief.objects.for_action().filter(area=area, cut_off__lt=at).order_by("-cut_off").first()
    since = min(before.cut_off, at - LOOKS_BACK) if before else at - LOOKS_BACK
    facts, label = brief_facts(scope, area=area, since=since, cut_off=at)
    brief: Brief = Brief.objects.create(
        area=area, lines=brief_lines(facts), label=label, since=since, cut_off=at, made_by=by.audit_name
    )
    BriefRequest.objects.bulk_create(BriefRequest(brief=brief, text=text) for text in asked)
    audit.record(
        "brief.issued",
        actor=by.audit_name,
        at=at,
        area=area,
        subject=f"brief:{brief.pk}",
        detail={"requests": len(asked)},
    )
    return brief


@action
def answer_request(request_id: int, *, answer: str, note: str, by: Actor, at: datetime) -> BriefRequest:
    """Setuju or Tanya, once, by the leader of the area; a question is written out."""
    row: BriefRequest | None = (
        BriefRequest.objects.select_for_update().select_related("brief").filter(pk=request_id).first()
    )
    if row is None:
        raise Problem("documents.request_unknown", number=request_id)
    require(by, Permission.BRIEF_ANSWER, area=row.brief.area)
    if row.answer:
        raise Problem("documents.request_answered", number=row.pk)
    if answer not in BriefAnswer.values:
        raise Problem("documents.answer_unknown", value=answer)
    if answer == BriefAnswer.ASKED_BACK and not note.strip():
        raise Problem("documents.question_missing")
    row.answer, row.note = answer, one_line(note)
    row.answered_by, row.answered_at = by.audit_name, at
    row.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    audit.record(
        f"brief.{answer}",
        actor=by.audit_name,
        at=at,
        area=row.brief.area,
        subject=f"brief:{row.brief_id}",
        reason=row.note,
    )
    return row
