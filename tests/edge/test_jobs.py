"""Jobs: done once, tried again with delay, parked visibly, never lost, whatever kills the worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from kentongan.edge import jobs
from kentongan.edge.models import Job, JobState
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction

NOW = datetime(2026, 4, 2, 1, 15, tzinfo=timezone.utc)
SECRET = "Sari dari Kukusan Wetan"

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[int]]:
    """What the jobs of a test were called with; kinds registered by the test are forgotten afterwards."""
    known = dict(jobs._kinds)
    yield []
    jobs._kinds.clear()
    jobs._kinds.update(known)


def run(job: Job, *, at: datetime = NOW) -> JobState | None:
    return jobs.run(job.pk, now=lambda: at)


def enqueue(kind: str = "t.work", *, key: str = "k", at: datetime = NOW, **values: int) -> Job:
    return jobs.enqueue(kind, key=key, values=values, at=at)


def register(work: Callable[..., None], *, tries: int = 3) -> None:
    jobs.job("t.work", tries=tries, delays=(10, 60))(work)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def failing(*, number: int) -> None:
    raise ValueError(f"{SECRET} {number}")


def test_a_job_runs_with_its_values_and_is_done(done: list[int]) -> None:
    register(lambda *, number: done.append(number))
    job = enqueue(number=7)
    assert run(job) is JobState.DONE
    assert (done, fresh(job).finished, fresh(job).leased_until) == ([7], NOW, None)


def test_a_job_that_is_done_does_not_run_again(done: list[int]) -> None:
    register(lambda *, number: done.append(number))
    job = enqueue(number=7)
    run(job)
    assert run(job) is None
    assert done == [7]


def test_the_same_key_twice_is_one_job_and_one_delivery(done: list[int]) -> None:
    assert enqueue(number=1).pk == enqueue(number=2).pk
    assert (Job.objects.get().values, DBTaskResult.objects.count()) == ({"number": 1}, 1)


def test_a_job_enqueued_in_a_transaction_that_fails_never_was(done: list[int]) -> None:
    def halfway() -> None:
        with one_transaction():
            enqueue(number=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        halfway()
    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_job_does_not_run_before_its_time(done: list[int]) -> None:
    register(lambda *, number: done.append(number))
    later = NOW + timedelta(hours=1)
    job = jobs.enqueue("t.work", key="k", values={"number": 1}, at=NOW, run_after=later)
    assert run(job) is None
    assert DBTaskResult.objects.get().run_after == later
    assert run(job, at=later) is JobState.DONE


def test_a_failing_job_waits_longer_each_time_and_is_then_parked(done: list[int]) -> None:
    register(failing, tries=4)
    job, at, waits = enqueue(number=1), NOW, []
    while run(job, at=at) is JobState.WAITING:
        waits.append((fresh(job).next_try - at).total_seconds())
        assert DBTaskResult.objects.filter(run_after=fresh(job).next_try).exists()
        at = fresh(job).next_try
    assert waits == [10, 60, 60]
    assert list(jobs.parked()) == [job]
    assert fresh(job).tries == 4


def test_the_record_of_a_failure_names_class_and_place_but_no_content(done: list[int]) -> None:
    def wrapping(*, number: int) -> None:
        try:
            failing(number=number)
        except ValueError as error:
            raise Problem("edge.host_unknown", host=SECRET) from error

    register(wrapping, tries=1)
    job = enqueue(number=1)
    run(job)
    said = fresh(job).last_error
    assert said.startswith("Problem edge.host_unknown < ValueError at ")
    assert "test_jobs.py:" in said
    assert SECRET not in said


def test_a_parked_job_runs_again_when_put_back(done: list[int]) -> None:
    register(failing, tries=1)
    job = enqueue(number=1)
    run(job)
    register_again = jobs.JobKind(
        "t.work", lambda *, number: done.append(number), 3, (10,), timedelta(minutes=1)
    )
    jobs._kinds["t.work"] = register_again
    back = jobs.put_back(job.pk, at=NOW)
    assert (back.state, back.tries) == (JobState.WAITING, 0)
    assert run(job) is JobState.DONE
    assert done == [1]


def test_only_a_parked_job_can_be_put_back(done: list[int]) -> None:
    job = enqueue(number=1)
    with pytest.raises(Problem) as caught:
        jobs.put_back(job.pk, at=NOW)
    assert caught.value.code == "edge.job_not_parked"


def test_a_kind_this_version_does_not_know_is_parked_not_lost(done: list[int]) -> None:
    job = enqueue("t.of_tomorrow", number=1)
    assert run(job) is JobState.PARKED
    assert "t.of_tomorrow" in fresh(job).last_error
    jobs.job("t.of_tomorrow")(lambda *, number: done.append(number))
    jobs.put_back(job.pk, at=NOW)
    assert run(job) is JobState.DONE


@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
def test_a_worker_killed_in_the_middle_leaves_a_job_that_is_taken_up_again(
    done: list[int], end: type[BaseException]
) -> None:
    def killed_once(*, number: int) -> None:
        done.append(number)
        if len(done) == 1:
            raise end

    register(killed_once)
    job = enqueue(number=7)
    with pytest.raises(end):
        run(job)
    assert (fresh(job).state, jobs.reclaim(NOW + timedelta(minutes=9))) == (JobState.RUNNING, 0)
    assert jobs.reclaim(NOW + timedelta(minutes=11)) == 1
    assert run(job, at=fresh(job).next_try) is JobState.DONE
    assert done == [7, 7]


def test_a_job_that_kills_every_worker_is_parked_after_its_tries(done: list[int]) -> None:
    def deadly(*, number: int) -> None:
        raise SystemExit

    register(deadly, tries=2)
    job, at = enqueue(number=1), NOW
    for _ in range(2):
        with pytest.raises(SystemExit):
            run(job, at=at)
        jobs.reclaim(at + timedelta(minutes=11))
        at = fresh(job).next_try
    assert fresh(job).state == JobState.PARKED
    assert "vanished" in fresh(job).last_error


def test_a_lost_job_of_an_unknown_kind_is_parked(done: list[int]) -> None:
    job = enqueue("t.gone", number=1)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, leased_until=NOW)
    assert jobs.reclaim(NOW + timedelta(seconds=1)) == 1
    assert fresh(job).state == JobState.PARKED


def test_a_worker_that_comes_back_late_does_not_overwrite_the_one_after_it(done: list[int]) -> None:
    def slow(*, number: int) -> None:
        jobs.reclaim(NOW + timedelta(minutes=11))
        Job.objects.filter(key="k").update(
            state=JobState.RUNNING, leased_until=NOW + timedelta(hours=1), tries=2
        )

    register(slow)
    job = enqueue(number=1)
    assert run(job) is None
    assert fresh(job).state == JobState.RUNNING


def test_a_lost_delivery_is_told_again_once(done: list[int]) -> None:
    job = enqueue(number=1)
    DBTaskResult.objects.all().delete()
    assert jobs.deliver_due(NOW + timedelta(minutes=4)) == 0
    assert jobs.deliver_due(NOW + timedelta(minutes=6)) == 1
    assert jobs.deliver_due(NOW + timedelta(minutes=7)) == 0
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_counts_show_what_waits_and_how_all_stand(done: list[int]) -> None:
    register(failing, tries=1)
    run(enqueue(key="a", number=1))
    enqueue(key="b", number=1)
    enqueue("t.other", key="c", number=1)
    assert jobs.waiting_counts() == {"t.other": 1, "t.work": 1}
    assert jobs.state_counts() == {
        JobState.WAITING: 2, JobState.RUNNING: 0, JobState.DONE: 0, JobState.PARKED: 1
    }  # fmt: skip


def test_two_functions_cannot_claim_one_kind(done: list[int]) -> None:
    register(failing)
    with pytest.raises(ValueError, match=r"t\.work"):
        jobs.job("t.work")(test_two_functions_cannot_claim_one_kind)


@pytest.mark.django_db(transaction=True)
def test_the_task_worker_runs_what_was_enqueued(done: list[int]) -> None:
    from django.core.management import call_command

    register(lambda *, number: done.append(number))
    job = enqueue(number=3, at=NOW)
    call_command("db_worker", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)
    assert (done, fresh(job).state) == ([3], JobState.DONE)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_job(done: list[int]) -> None:
    register(lambda *, number: done.append(number))
    job = enqueue(number=1)
    together = threading.Barrier(4)
    states: list[JobState | None] = []

    def worker() -> None:
        together.wait(10)
        states.append(run(job))
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (done, sorted(states, key=str)) == ([1], [None, None, None, JobState.DONE])


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_many_threads_is_one_job(done: list[int]) -> None:
    together = threading.Barrier(4)
    made: list[int] = []

    def caller() -> None:
        together.wait(10)
        made.append(enqueue(number=1).pk)
        connection.close()

    threads = [threading.Thread(target=caller) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 4
    assert all(one == other for one, other in pairwise(made))
    assert DBTaskResult.objects.count() == 1
