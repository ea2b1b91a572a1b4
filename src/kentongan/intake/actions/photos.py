"""Photos of a report: taken in a second request, made clean by the worker, shown to those who check and nobody else.

The file is sealed and on the disk before its row is written, and outside the transaction, so that a slow disk holds up
no other writer. What comes without a row after all is discarded, or swept up a day later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kentongan.accounts.access import require
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge import stored_files
from kentongan.edge.decoding.images import CleanPhoto, PhotoLimits, clean_photo
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.intake.actions.rows import in_sight, locked_report, refuse_gone
from kentongan.intake.models import Photo, PhotoState, Report
from kentongan.policy import policy_on

LARGEST_PHOTO = PhotoLimits().size  # bytes
_WORKER = "sistem:foto"
_MAY_SEE = (Permission.REPORT_TRIAGE, Permission.EVENT_VERIFY)


def receive_photo(report: Report, *, client_id: UUID, content: bytes, at: datetime) -> Photo:
    """Keep one photo of a report, sealed as it came; the worker looks at it later. The same one again is the same row.

    Whoever calls has shown that the report is the sender's: by its receipt, or because it was just sent. What the file
    is does not matter here: a file that is no photo is kept sealed and marked by the worker.
    """
    if not content:
        raise Problem("intake.photo_empty")
    if len(content) > LARGEST_PHOTO:
        raise Problem("edge.file_too_large", size=len(content), most=LARGEST_PHOTO)
    digest = hashlib.sha256(content).hexdigest()
    known = _known(report, client_id, digest)
    if known is not None:
        return known
    name = stored_files.keep(content, context=_context(report.pk, client_id, "original"))
    photo = None
    try:
        photo = _add_photo(report.pk, client_id, digest, name=name, at=at)
        return photo
    finally:
        if photo is None or photo.original != name:
            stored_files.discard(name)


@action
def _add_photo(number: int, client_id: UUID, digest: str, *, name: str, at: datetime) -> Photo:
    """The row of a photo that lies on the disk; of two resends at once the second gets the row of the first."""
    report = locked_report(number)
    known = _known(report, client_id, digest)
    if known is not None:
        return known
    refuse_gone(report)
    most = int(policy_on(at.date()).thresholds["photos_per_report"])
    if report.photos.count() >= most:
        raise Problem("intake.photos_enough", most=most)
    photo = Photo.objects.create(
        report=report, client_id=client_id, sha256=digest, original=name, received_at=at
    )
    _record(photo, "photo.received", actor=report.source, at=at)
    return photo


def _known(report: Report, client_id: UUID, digest: str) -> Photo | None:
    """The photo of this client id. Another picture under the same id is refused aloud, never dropped in silence."""
    known = Photo.objects.filter(report=report, client_id=client_id).first()
    if known is not None and known.sha256 != digest:
        raise Problem("intake.photo_id_used")
    return known


def process_photo(photo_id: int, *, at: datetime) -> None:
    """Make the clean picture and its thumbnail, or write down why there is none. The work of a job: safe to run twice."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None or photo.state != PhotoState.WAITING:
        return
    content = stored_files.open_kept(photo.original, context=_context_of(photo, "original"))
    try:
        clean = clean_photo(content)
    except Problem as problem:
        _refuse(photo_id, code=problem.code, at=at)
    else:
        _keep_pictures(photo, clean, at=at)


def _keep_pictures(photo: Photo, clean: CleanPhoto, *, at: datetime) -> None:
    names: list[str] = []
    stored = False
    try:
        for size, picture in (("shown", clean.full), ("small", clean.thumbnail)):
            names.append(stored_files.keep(picture.content, context=_context_of(photo, size)))
        stored = _make_ready(photo.pk, clean, shown=names[0], small=names[1], at=at)
    finally:
        if not stored:
            for name in names:
                stored_files.discard(name)


@action
def _make_ready(photo_id: int, clean: CleanPhoto, *, shown: str, small: str, at: datetime) -> bool:
    """Whether the pictures have their row now; not so when the photo was erased, or made ready, meanwhile."""
    changed = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING).update(
        state=PhotoState.READY,
        shown=shown,
        small=small,
        width=clean.full.width,
        height=clean.full.height,
        shown_sha256=clean.full.sha256,
    )
    if changed:
        _record(_with_report(photo_id), "photo.made_ready", actor=_WORKER, at=at)
    return bool(changed)


@action
def _refuse(photo_id: int, *, code: str, at: datetime) -> None:
    """What cannot be opened stays sealed as it came, with the reason beside it."""
    waiting = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING)
    if waiting.update(state=PhotoState.REFUSED, refused_as=code):
        _record(_with_report(photo_id), "photo.refused", actor=_WORKER, at=at, code=code)


def open_photo(photo_id: int, *, small: bool, by: Actor, at: datetime) -> bytes:
    """The clean picture as JPEG, for those who sort and check reports there. The full size leaves a look in the chain."""
    held = [permission for permission in _MAY_SEE if by.may(permission)]
    if not held:
        require(by, _MAY_SEE[0])
    photo = Photo.objects.select_related("report").filter(pk=photo_id).first()
    if photo is None or not _in_sight(photo.report, held, by=by):
        raise Problem("intake.photo_unknown", number=photo_id)
    if photo.state == PhotoState.WAITING:
        raise Problem("intake.photo_waiting")
    if photo.state == PhotoState.REFUSED:
        raise Problem("intake.photo_refused")
    if small:
        return stored_files.open_kept(photo.small, context=_context_of(photo, "small"))
    content = stored_files.open_kept(photo.shown, context=_context_of(photo, "shown"))
    audit.look(
        "photo.opened",
        actor=by.audit_name,
        at=at,
        area=photo.report.area,
        subject=f"photo:{photo.pk}",
    )
    return content


def _in_sight(report: Report, permissions: Sequence[Permission], *, by: Actor) -> bool:
    """What lies outside the areas, or above the level, of the reader is not even said to exist."""
    return any(in_sight(report, by=by, permission=permission) for permission in permissions)


def file_names(photo: Photo) -> list[str]:
    """Every file of a photo, for its erasure."""
    return [name for name in (photo.original, photo.shown, photo.small) if name]


def _with_report(photo_id: int) -> Photo:
    return Photo.objects.select_related("report").get(pk=photo_id)


def _record(photo: Photo, what: str, *, actor: str, at: datetime, **detail: str) -> None:
    audit.record(
        what,
        actor=actor,
        at=at,
        area=photo.report.area,
        subject=f"photo:{photo.pk}",
        detail={"report": f"report:{photo.report_id}", **detail},
    )


def _context_of(photo: Photo, size: str) -> str:
    return _context(photo.report_id, photo.client_id, size)


def _context(report: int, client_id: UUID, size: str) -> str:
    """What ties a file to its photo: known before the row has a number."""
    return f"intake_photo:{report}:{client_id}:{size}"
