"""The door for bursts: what is answered is stored, one bad report harms no other, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, OperationalError, connection

from kentongan.audit.models import AuditEntry
from kentongan.audit.queries import find_fault
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction
from kentongan.intake import door
from kentongan.intake.actions import Sender, storing
from kentongan.intake.actions.storing import arrival_of, store_arrivals
from kentongan.intake.decisions import LONGEST_TEXT, Draft
from kentongan.intake.models import Report
from tests import factories
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 20
on_sqlite_alone = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL groups commits by itself"
)


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    factories.waluku()


@pytest.fixture
def own_door(monkeypatch: pytest.MonkeyPatch) -> Iterator[door.Door]:
    """A door of the test's own, whose thread ends at once when nothing comes."""
    made = door.Door(idle_seconds=0.05)
    monkeypatch.setattr(door, "_door", made)
    yield made
    thread = made._thread
    if thread is not None:
        thread.join(timeout=10)


def drafts(number: int) -> list[Draft]:
    return [world.draft(f"Laporan ke-{each}.", area=world.VILLAGE) for each in range(number)]


def submit(sent: Draft, **values: Any) -> tuple[int, str]:
    return door.submit(sent, **{"sender": Sender.public(), "desk": None, "at": NOW} | values)


def at_once(senders: list[Callable[[], object]]) -> list[object]:
    """What each thread got, in the order of the senders; an error stands as itself."""
    together, got = threading.Barrier(len(senders)), [object()] * len(senders)

    def run(place: int, send: Callable[[], object]) -> None:
        together.wait()
        try:
            got[place] = send()
        except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
            got[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(senders)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return got


def test_everybody_gets_the_number_of_the_own_report(own_door: door.Door) -> None:
    sent = drafts(SENDERS)
    got = at_once([lambda each=each: submit(each) for each in sent])  # type: ignore[misc]
    texts = dict(Report.rows.values_list("pk", "text_masked"))
    assert [texts[number] for number, _ in got] == [each.text for each in sent]  # type: ignore[misc]
    assert len({receipt for _, receipt in got}) == SENDERS  # type: ignore[misc]
    assert AuditEntry.objects.filter(action="report.received").count() == SENDERS
    assert find_fault() is None


def test_twenty_resends_at_once_are_one_row_and_one_receipt(own_door: door.Door) -> None:
    (sent,) = drafts(1)
    got = at_once([lambda: submit(sent)] * SENDERS)
    assert set(got) == {(Report.rows.get().pk, got[0][1])}  # type: ignore[index]
    assert AuditEntry.objects.count() == 1


@on_sqlite_alone
def test_what_waits_while_the_disk_works_is_one_group(
    own_door: door.Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes, first_is_in, go_on = [], threading.Event(), threading.Event()

    def slow(group: list[Any]) -> Any:
        sizes.append(len(group))
        first_is_in.set()
        go_on.wait(timeout=10)
        return store_arrivals(group)

    monkeypatch.setattr(door, "store_arrivals", slow)
    senders = [threading.Thread(target=submit, args=(each,)) for each in drafts(9)]
    senders[0].start()
    first_is_in.wait(timeout=10)
    for each in senders[1:]:
        each.start()
    while own_door._waiting.qsize() < 8:
        threading.Event().wait(0.001)
    go_on.set()
    for each in senders:
        each.join()
    assert sizes == [1, 8]
    assert Report.rows.count() == 9


def test_one_bad_report_harms_nobody_in_its_group(
    own_door: door.Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = drafts(10)
    sent[3] = replace(sent[3], area=None)  # neither place nor desk: the database refuses it
    got = at_once([lambda each=each: submit(each) for each in sent])  # type: ignore[misc]
    assert isinstance(got[3], DatabaseError)
    assert sorted(number for number, _ in got[:3] + got[4:]) == sorted(
        Report.rows.values_list("pk", flat=True)
    )  # type: ignore[misc]
    assert (Report.rows.count(), find_fault()) == (9, None)


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "intake.text_empty"), ("a" * (LONGEST_TEXT + 1), "intake.text_too_long")]
)
def test_a_text_that_cannot_be_stored_is_refused_before_the_queue(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        submit(world.draft(text, area=world.VILLAGE))
    assert caught.value.code == code
    assert Report.rows.count() == 0


@on_sqlite_alone
def test_a_locked_database_refuses_all_and_the_door_works_again(
    own_door: door.Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_group: list[Any]) -> Any:
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(door, "store_arrivals", locked)
        got = at_once([lambda each=each: submit(each) for each in drafts(3)])  # type: ignore[misc]
    assert [type(each) for each in got] == [OperationalError] * 3
    submit(world.draft(area=world.VILLAGE))
    assert Report.rows.count() == 1


@on_sqlite_alone
def test_a_full_queue_says_so_and_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = door.Door(most_waiting=1)
    monkeypatch.setattr(narrow, "_keep_open", lambda: None)
    monkeypatch.setattr(door, "_door", narrow)
    first = threading.Thread(target=submit, args=(drafts(1)[0],), daemon=True)
    first.start()
    while not narrow._waiting.full():
        threading.Event().wait(0.001)
    with pytest.raises(Problem) as caught:
        submit(drafts(1)[0])
    assert (caught.value.code, caught.value.status) == ("intake.door_full", 503)
    assert Report.rows.count() == 0
    monkeypatch.undo()
    narrow._keep_open()
    first.join(timeout=10)
    assert Report.rows.count() == 1


@on_sqlite_alone
def test_the_thread_ends_when_nothing_comes_and_the_next_report_starts_another(own_door: door.Door) -> None:
    submit(drafts(1)[0])
    first = own_door._thread
    assert first is not None
    first.join(timeout=10)
    assert own_door._thread is None
    submit(drafts(1)[0])
    assert Report.rows.count() == 2


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_handed_to_another_thread() -> None:
    with one_transaction():
        number, _ = submit(drafts(1)[0])
        assert threading.current_thread() is threading.main_thread()
        assert Report.rows.filter(pk=number).exists()


def test_copies_and_conflicts_inside_one_group_name_the_earlier_one() -> None:
    client_id = uuid4()
    sent = [
        world.draft("Sama.", area=world.VILLAGE),
        world.draft("Sama.", area=world.VILLAGE),
        world.draft("Satu.", client_id=client_id, area=world.VILLAGE),
        world.draft("Lain.", client_id=client_id, area=world.VILLAGE),
    ]
    first, copy, one, other = store_arrivals([arrived(each) for each in sent])
    assert Report.rows.get(pk=copy.number).copy_of_id == first.number
    entry = AuditEntry.objects.get(subject=f"report:{other.number}")
    assert entry.detail["conflicts_with"] == f"report:{one.number}"


def test_a_resend_inside_a_group_is_no_second_arrival() -> None:
    (sent,) = drafts(1)
    stored = store_arrivals([arrived(sent), arrived(sent)])
    assert stored[0].number == stored[1].number
    assert (Report.rows.count(), AuditEntry.objects.count()) == (1, 1)


def test_a_group_says_which_arrival_was_new() -> None:
    old, fresh = drafts(2)
    store_arrivals([arrived(old)])
    assert [each.is_new for each in store_arrivals([arrived(old), arrived(fresh)])] == [False, True]


def test_a_group_stores_what_lone_reports_would_have_said() -> None:
    """The quick way in writes the same columns as the ORM: asked of every column the model has."""
    sent = replace(
        drafts(1)[0],
        tile="ancaman",
        happens="now",
        knowledge="saw",
        ongoing="yes",
        danger="no",
        title="Judul",
    )
    arrival = arrived(sent)
    (stored,) = store_arrivals([arrival])
    row, wanted = Report.rows.get(pk=stored.number), Report(**arrival.columns)
    for field in Report._meta.concrete_fields:
        if not (field.primary_key or field.generated):  # those two the database makes itself, in either way
            assert getattr(row, field.attname) == getattr(wanted, field.attname), field.name


def arrived(sent: Draft) -> storing.Arrival:
    return arrival_of(sent, source="publik", audit_name="publik", own_tag="", desk=None, at=NOW, contact=None)
