"""The outbox as the cursor reads it: in chain order, in batches, each entry's follow-up once."""

from __future__ import annotations

from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.audit import actions as audit
from kentongan.edge.models import Job
from kentongan.pipeline import cursor
from kentongan.pipeline.flow import FLOW
from kentongan.pipeline.steps import number_of
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db
TOY = {"toy.done": ("toy.follow", "toy.tell")}


def act(what: str = "toy.done", subject: str = "toy:1") -> int:
    return audit.record(what, actor="akun:1", at=NOW, subject=subject).seq


def jobs() -> list[tuple[str, str]]:
    return list(Job.objects.order_by("pk").values_list("key", "kind"))


def test_each_entry_becomes_the_jobs_the_table_names_in_order() -> None:
    seq = act()
    assert cursor.follow(at=NOW, flow=TOY) == 1
    assert jobs() == [(f"{seq}:toy.follow", "toy.follow"), (f"{seq}:toy.tell", "toy.tell")]
    assert Job.objects.order_by("pk")[0].values == {"subject": "toy:1"}


def test_an_entry_that_nothing_follows_is_read_and_passed() -> None:
    act("toy.other")
    assert cursor.follow(at=NOW, flow=TOY) == 1
    assert (jobs(), cursor.backlog()) == ([], 0)


def test_the_end_of_the_outbox_reads_nothing_again() -> None:
    act()
    cursor.follow(at=NOW, flow=TOY)
    assert cursor.follow(at=NOW, flow=TOY) == 0
    assert len(jobs()) == 2


def test_the_backlog_counts_what_is_not_read() -> None:
    for _ in range(5):
        act()
    cursor.follow(at=NOW, flow=TOY, limit=2)
    assert cursor.backlog() == 3


@settings(max_examples=15)
@given(batches=st.lists(st.integers(1, 7), min_size=1, max_size=6))
def test_batches_of_any_size_read_every_entry_once(batches: list[int]) -> None:
    cursor.follow(at=NOW, flow=TOY)
    before = Job.objects.count()
    seqs = [act(subject=f"toy:{n}") for n in range(9)]
    turns = cycle(batches)
    while cursor.follow(at=NOW, flow=TOY, limit=next(turns)):
        pass
    keys = list(Job.objects.order_by("pk").values_list("key", flat=True))[before:]
    assert keys == [f"{seq}:{kind}" for seq in seqs for kind in TOY["toy.done"]]


def test_every_step_of_the_flow_is_a_registered_job() -> None:
    from kentongan.edge.jobs import kinds

    assert {kind for follow in FLOW.values() for kind in follow} <= set(kinds())


@pytest.mark.parametrize(("subject", "number"), [("report:31", 31), ("event:7", 7)])
def test_a_subject_names_the_number_of_its_row(subject: str, number: int) -> None:
    assert number_of(subject) == number
