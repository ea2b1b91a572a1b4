"""Follow-up work: registered by kind, delivered by django-tasks, kept in our own table until it is done.

    @job("documents.render", tries=5, delays=(10, 60, 300, 1800))
    def render(*, document: int) -> None: ...

    enqueue("documents.render", key=f"audit:{seq}:render", values={"document": 12}, at=now)

The contract: **a job is safe to run twice.** A worker may be killed after the work and before we could write
so; the lease then runs out and the job runs again. It takes plain JSON values (ids, never content), calls one
action, and what it raises decides the rest: retried after the next delay, parked after the last try. A parked
job waits for a person, visible on the jobs page; none is ever dropped, a kind that this version does not know
included.

`run` is the body of every delivery; the worker's schedule calls `reclaim` and `deliver_due` about every
minute. Running a parked job again on a person's order is an audited action of `pipeline`, on top of
`put_back`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet
from django_tasks import task

from kentongan.edge.clocks import machine_now
from kentongan.edge.models import Job, JobState
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction

Plain = str | int | float | bool | None | Sequence["Plain"] | Mapping[str, "Plain"]
Work = Callable[..., None]

DELIVER_AGAIN = timedelta(minutes=5)  # a delivery not taken up by then is told to the workers once more
_OUR_CODE = "kentongan"


@dataclass(frozen=True, slots=True)
class JobKind:
    """A registered function, and how patient we are with it. `delays` in seconds; the last one repeats."""

    name: str
    work: Work
    tries: int
    delays: tuple[int, ...]
    lease: timedelta

    def delay_after(self, tries: int) -> timedelta:
        return timedelta(seconds=self.delays[min(tries, len(self.delays)) - 1])


_kinds: dict[str, JobKind] = {}


def job(
    name: str,
    *,
    tries: int = 5,
    delays: tuple[int, ...] = (10, 60, 300, 1800),
    lease: timedelta = timedelta(minutes=10),
) -> Callable[[Work], Work]:
    """Register a function as the work of a kind of job. `lease` is longer than the work can ever take."""

    def register(work: Work) -> Work:
        known = _kinds.get(name)
        if known is not None and known.work.__qualname__ != work.__qualname__:
            raise ValueError(f"two functions claim the job {name}")
        _kinds[name] = JobKind(name, work, tries, delays, lease)
        return work

    return register


def kinds() -> Mapping[str, JobKind]:
    """Every kind registered in this process."""
    return dict(_kinds)


def enqueue(
    kind: str, *, key: str, values: Mapping[str, Plain], at: datetime, run_after: datetime | None = None
) -> Job:
    """Keep a job and tell the workers, in the caller's transaction. The same key again is the same job."""
    with one_transaction():
        due = max(run_after or at, at)
        fresh = {"kind": kind, "values": dict(values), "created": at, "next_try": due, "delivered": due}
        kept, is_new = Job.objects.get_or_create(key=key, defaults=fresh)
        if is_new:
            _tell_workers(kept.pk, after=due if due > at else None)
        return kept


@task()
def deliver(job_id: int) -> None:
    """What django-tasks runs: one try of one job."""
    run(job_id, now=machine_now)


def run(job_id: int, *, now: Callable[[], datetime]) -> JobState | None:
    """One try, if the job is due and nobody else has it: how it then stands, or None when there was nothing
    to do.
    """
    claimed = _claim(job_id, now())
    if claimed is None:
        return None
    kind = _kinds.get(claimed.kind)
    if kind is None:
        return _park(claimed, Problem("edge.job_kind_unknown", kind=claimed.kind).sentence("en"))
    try:
        kind.work(**claimed.values)
    except Exception as error:  # noqa: BLE001 (the one seam where whatever a job raises becomes its record)
        return _failed(claimed, kind, error=error_line(error), now=now())
    return _finish(claimed, state=JobState.DONE, finished=now(), last_error="")


def reclaim(now: datetime) -> int:
    """Take back jobs whose worker vanished: waiting again, or parked after the last try. Returns how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, leased_until__lt=now)
    for each in lost:
        kind = _kinds.get(each.kind)
        if kind is None:
            _park(each, Problem("edge.job_kind_unknown", kind=each.kind).sentence("en"))
        else:
            _failed(each, kind, error="the worker vanished before the job was finished", now=now)
    return len(lost)


def deliver_due(now: datetime) -> int:
    """Tell the workers again of due jobs that none has taken up: a delivery was lost. Returns how many."""
    late = now - DELIVER_AGAIN
    told = 0
    for job_id in Job.objects.filter(
        state=JobState.WAITING, next_try__lte=late, delivered__lte=late
    ).values_list("pk"):
        with one_transaction():
            mine = Job.objects.filter(pk=job_id[0], state=JobState.WAITING, delivered__lte=late).update(
                delivered=now
            )
            if mine:
                _tell_workers(job_id[0])
                told += 1
    return told


def parked() -> QuerySet[Job]:
    """Jobs that wait for a person, the longest-waiting first."""
    return Job.objects.filter(state=JobState.PARKED).order_by("next_try", "pk")


def newest(kind: str, *, values: Mapping[str, Plain]) -> Job | None:
    """How the newest job of a kind with these values stands: what a page shows while it waits."""
    return Job.objects.filter(kind=kind, values=dict(values)).order_by("-pk").first()


def waiting_counts() -> dict[str, int]:
    """How many jobs of each kind wait for a worker."""
    waiting = (
        Job.objects.filter(state=JobState.WAITING)
        .values("kind")
        .annotate(number=Count("pk"))
        .order_by("kind")
    )
    return {row["kind"]: row["number"] for row in waiting}


def state_counts() -> dict[JobState, int]:
    """How many jobs stand in each state, states without any included."""
    found = {
        row["state"]: row["number"]
        for row in Job.objects.values("state").annotate(number=Count("pk")).order_by()
    }
    return {state: found.get(state.value, 0) for state in JobState}


def put_back(job_id: int, *, at: datetime) -> Job:
    """A parked job gets all its tries again. Raises Problem when it is not parked."""
    with one_transaction():
        fresh = {"state": JobState.WAITING, "tries": 0, "next_try": at, "delivered": at}
        if not Job.objects.filter(pk=job_id, state=JobState.PARKED).update(**fresh):
            raise Problem("edge.job_not_parked", number=job_id)
        _tell_workers(job_id)
        return Job.objects.get(pk=job_id)


def error_line(error: BaseException) -> str:
    """Class, catalogue code and places in our code; not the message, which may hold what somebody wrote."""
    causes: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(causes) < 5:
        causes.append(
            f"{type(seen).__name__} {seen.code}" if isinstance(seen, Problem) else type(seen).__name__
        )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{frame.filename.rpartition(_OUR_CODE + '/')[2]}:{frame.lineno}" for frame in frames[1:]]
    return " < ".join(causes) + (" at " + " > ".join(ours[-6:]) if ours else "")


def _tell_workers(job_id: int, *, after: datetime | None = None) -> None:
    (deliver.using(run_after=after) if after else deliver).enqueue(job_id)


def _claim(job_id: int, now: datetime) -> Job | None:
    """Take the job for ourselves: one conditional update, so that two workers cannot both succeed."""
    with one_transaction():
        due = Job.objects.filter(pk=job_id, state=JobState.WAITING, next_try__lte=now)
        kind = _kinds.get(next(iter(due.values_list("kind", flat=True)), ""))
        lease = kind.lease if kind else timedelta(minutes=1)
        if not due.update(state=JobState.RUNNING, leased_until=now + lease, tries=F("tries") + 1):
            return None
        return Job.objects.get(pk=job_id)


def _failed(claimed: Job, kind: JobKind, *, error: str, now: datetime) -> JobState | None:
    if claimed.tries >= kind.tries:
        return _park(claimed, error)
    due = now + kind.delay_after(claimed.tries)
    with one_transaction():
        state = _finish(claimed, state=JobState.WAITING, next_try=due, delivered=due, last_error=error)
        if state is not None:
            _tell_workers(claimed.pk, after=due)
    return state


def _park(claimed: Job, error: str) -> JobState | None:
    return _finish(claimed, state=JobState.PARKED, last_error=error)


def _finish(claimed: Job, *, state: JobState, **changes: object) -> JobState | None:
    """Write how a try ended, unless the job was taken from us meanwhile: only the holder of this try may."""
    with one_transaction():
        mine = Job.objects.filter(pk=claimed.pk, state=JobState.RUNNING, tries=claimed.tries)
        return state if mine.update(state=state, leased_until=None, **changes) else None
