"""Adding evidence: each piece with its hash, its origin and who added it. There is no action that changes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from kentongan.accounts.actors import Actor
from kentongan.audit import actions as audit
from kentongan.edge import stored_files
from kentongan.edge.decoding.images import clean_photo
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.events.models import Event, EventReport
from kentongan.intake.models import Photo, PhotoState
from kentongan.verification.actions.rows import event_to_check, record, reopen, require_clear_office
from kentongan.verification.decisions import LONGEST_WORDS, hash_of, kept_words
from kentongan.verification.models import Evidence
from kentongan.verification.queries import lines_of

LONGEST_ORIGIN = 120


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A piece of evidence as somebody gives it: what it says, whom it comes from, which line it speaks for.

    A photo is one of a linked report (`photo` is its number) or comes as a file (`content`), of which only the clean
    picture is kept. A link is kept as text and never fetched.
    """

    kind: str
    text: str
    origin: str
    item: str = ""
    photo: int | None = None
    content: bytes | None = field(default=None, repr=False)


def add_evidence(event_id: int, piece: NewEvidence, *, by: Actor, at: datetime) -> Evidence:
    """Add one piece. An event that had its verdict is open again by it; the verdict itself stays in the row of verdicts.

    A file is cleaned and on the disk before the row is written: decoding takes too long to hold the database for it.
    """
    if piece.content is None:
        return _add(event_id, piece, by=by, at=at)
    # Asked before the decoding too: a file of somebody who may not add one is not even looked at.
    _may_add(event_id, piece, by=by, at=at)
    picture = clean_photo(piece.content).full
    name = stored_files.keep(picture.content, context=_context(event_id, picture.sha256))
    added = None
    try:
        added = _add(event_id, piece, stored=name, sha256=picture.sha256, by=by, at=at)
        return added
    finally:
        if added is None:
            stored_files.discard(name)


@action
def open_evidence(evidence_id: int, *, by: Actor, at: datetime) -> bytes:
    """The picture of a piece of evidence, as JPEG; the look leaves a trace."""
    piece = Evidence.objects.select_related("event").filter(pk=evidence_id).exclude(stored="").first()
    if piece is None:
        raise Problem("verification.photo_unknown", number=evidence_id)
    require_clear_office(piece.event, by=by, at=at)
    content = stored_files.open_kept(piece.stored, context=_context(piece.event_id, piece.sha256))
    audit.look(
        "evidence.opened",
        actor=by.audit_name,
        at=at,
        area=piece.event.area,
        subject=f"event:{piece.event_id}",
    )
    return content


@action
def _may_add(event_id: int, piece: NewEvidence, *, by: Actor, at: datetime) -> None:
    _require_sound(event_to_check(event_id, by=by, at=at), piece, at=at)


@action
def _add(
    event_id: int,
    piece: NewEvidence,
    *,
    stored: str = "",
    sha256: str = "",
    by: Actor,
    at: datetime,
) -> Evidence:
    event = event_to_check(event_id, by=by, at=at)
    _require_sound(event, piece, at=at)
    text = kept_words(piece.text)
    if piece.photo is not None:
        sha256 = _photo_of(event, piece.photo).shown_sha256
    added = Evidence.objects.create(
        event=event,
        kind=piece.kind,
        item=piece.item,
        text=text,
        origin=kept_words(" ".join(piece.origin.split()))[:LONGEST_ORIGIN],
        photo=piece.photo,
        stored=stored,
        sha256=sha256 or hash_of(text),
        added_by=by.audit_name,
        added_at=at,
    )
    before = reopen(event, by=by, at=at, reason=text)
    record(
        "evidence.added",
        event,
        by=by,
        at=at,
        evidence=added.pk,
        kind=added.kind,
        item=added.item,
        sha256=added.sha256,
        opened_from=before,
    )
    return added


def _context(event_id: int, sha256: str) -> str:
    """What ties a stored picture to its row."""
    return f"verification_evidence:{event_id}:{sha256}"


def _require_sound(event: Event, piece: NewEvidence, *, at: datetime) -> None:
    if piece.kind not in Evidence.Kind.values:
        raise Problem("verification.evidence_kind_unknown", value=piece.kind[:20])
    if not piece.text.strip():
        raise Problem("verification.evidence_empty")
    if len(piece.text) > LONGEST_WORDS:
        raise Problem("verification.evidence_too_long", length=len(piece.text), most=LONGEST_WORDS)
    if not piece.origin.strip():
        raise Problem("verification.evidence_origin_missing")
    if piece.item and piece.item not in {line.item for line in lines_of(event, on=at.date())}:
        raise Problem("verification.item_unknown", value=piece.item[:20])
    pictures = (piece.photo is not None) + (piece.content is not None)
    if pictures != (piece.kind == Evidence.Kind.PHOTO):
        raise Problem("verification.evidence_photo_missing")


def _photo_of(event: Event, number: int) -> Photo:
    """The photo, if it is one that can be shown and belongs to a report of this event."""
    linked = EventReport.objects.filter(event=event).values("report_id")
    photo = Photo.objects.filter(pk=number, report__in=linked, state=PhotoState.READY).first()
    if photo is None:
        raise Problem("verification.photo_unknown", number=number)
    return photo
