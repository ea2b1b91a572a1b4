"""Proof of a task as a picture: sealed as it came, made again by the worker, shown with its hash, each look recorded."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.audit import actions as audit
from kentongan.edge import stored_files
from kentongan.edge.decoding.images import PhotoLimits, clean_photo
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import action
from kentongan.response.actions.rows import own_task, record
from kentongan.response.models import EvidenceState, Task, TaskEvidence

LARGEST_PROOF = PhotoLimits().size  # bytes
MOST_PROOF = 6  # pictures of one task
_WORKER = Actor.of_system("foto")
_GIVEN_UP = frozenset({"cancelled", "checked"})


def add_proof(task_id: int, *, client_id: UUID, content: bytes, by: Actor, at: datetime) -> TaskEvidence:
    """Keep one picture of what was done; the worker looks at it later. The same one again is the same row."""
    if not content:
        raise Problem("intake.photo_empty")
    if len(content) > LARGEST_PROOF:
        raise Problem("edge.file_too_large", size=len(content), most=LARGEST_PROOF)
    _may_add(task_id, by=by)
    digest = hashlib.sha256(content).hexdigest()
    name = stored_files.keep(content, context=_context(task_id, client_id, "original"))
    added = None
    try:
        added = _add(task_id, client_id, digest, name=name, by=by, at=at)
        return added
    finally:
        if added is None or added.original != name:
            stored_files.discard(name)


def process_proof(evidence_id: int, *, at: datetime) -> None:
    """Make the clean picture, or write down why there is none. The work of a job: safe to run twice."""
    proof = TaskEvidence.objects.filter(pk=evidence_id, state=EvidenceState.WAITING).first()
    if proof is None:
        return
    content = stored_files.open_kept(proof.original, context=_context_of(proof, "original"))
    try:
        picture = clean_photo(content).full
    except Problem as problem:
        _refuse(evidence_id, code=problem.code, at=at)
        return
    name = stored_files.keep(picture.content, context=_context_of(proof, "shown"))
    stored = False
    try:
        stored = _make_ready(evidence_id, name=name, sha256=picture.sha256, at=at)
    finally:
        if not stored:
            stored_files.discard(name)


@action
def open_proof(evidence_id: int, *, by: Actor, at: datetime) -> bytes:
    """The clean picture as JPEG, for whoever may read the task; the look leaves a trace."""
    proof = TaskEvidence.objects.select_related("task").filter(pk=evidence_id).first()
    scope = by.scope_for(Permission.TASK_READ)
    if proof is None or not Task.objects.in_scope(scope).filter(pk=proof.task_id).exists():
        raise Problem("response.proof_unknown", number=evidence_id)
    if proof.state != EvidenceState.READY:
        raise Problem("response.proof_not_ready", number=evidence_id)
    content = stored_files.open_kept(proof.shown, context=_context_of(proof, "shown"))
    audit.look(
        "proof.opened", actor=by.audit_name, at=at, area=proof.task.area, subject=f"task:{proof.task_id}"
    )
    return content


@action
def _may_add(task_id: int, *, by: Actor) -> None:
    _open_for_proof(task_id, by=by)


def _open_for_proof(task_id: int, *, by: Actor) -> Task:
    task = own_task(task_id, by=by)
    if task.state in _GIVEN_UP:
        raise Problem("response.proof_too_late", number=task.pk)
    return task


@action
def _add(task_id: int, client_id: UUID, digest: str, *, name: str, by: Actor, at: datetime) -> TaskEvidence:
    task = _open_for_proof(task_id, by=by)
    known = TaskEvidence.objects.filter(task=task, client_id=client_id).first()
    if known is not None:
        if known.sha256 != digest:
            raise Problem("intake.photo_id_used")
        return known
    if task.evidence.count() >= MOST_PROOF:
        raise Problem("response.proof_enough", most=MOST_PROOF)
    added = TaskEvidence.objects.create(
        task=task, client_id=client_id, sha256=digest, original=name, added_by=by.audit_name, added_at=at
    )
    audit.record(
        "proof.received",
        actor=by.audit_name,
        at=at,
        area=task.area,
        subject=f"proof:{added.pk}",
        detail={"task": task.pk, "sha256": digest},
    )
    return added


@action
def _make_ready(evidence_id: int, *, name: str, sha256: str, at: datetime) -> bool:
    waiting = TaskEvidence.objects.filter(pk=evidence_id, state=EvidenceState.WAITING)
    changed = waiting.update(state=EvidenceState.READY, shown=name, shown_sha256=sha256)
    if changed:
        _record_work(evidence_id, "proof.made_ready", at=at, sha256=sha256)
    return bool(changed)


@action
def _refuse(evidence_id: int, *, code: str, at: datetime) -> None:
    waiting = TaskEvidence.objects.filter(pk=evidence_id, state=EvidenceState.WAITING)
    if waiting.update(state=EvidenceState.REFUSED, refused_as=code):
        _record_work(evidence_id, "proof.refused", at=at, code=code)


def _record_work(evidence_id: int, what: str, /, *, at: datetime, **detail: str) -> None:
    task = TaskEvidence.objects.select_related("task").get(pk=evidence_id).task
    record(what, task, by=_WORKER, at=at, proof=evidence_id, **detail)


def _context_of(proof: TaskEvidence, size: str) -> str:
    return _context(proof.task_id, proof.client_id, size)


def _context(task: int, client_id: UUID, size: str) -> str:
    """What ties a file to its row: known before the row has a number."""
    return f"task_evidence:{task}:{client_id}:{size}"
