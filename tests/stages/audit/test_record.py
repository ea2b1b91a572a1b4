"""The chain in the database: entries follow each other, tampering is found, and what was rolled back never was."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kentongan.audit import actions as audit
from kentongan.audit import heads
from kentongan.audit.chain import Fault, FaultKind, Link, chained
from kentongan.audit.models import AuditEntry, ChainHead
from kentongan.audit.queries import current_head, entries_about, entries_after, entries_by, find_fault
from kentongan.edge.transactions import action
from tests.stages.audit.test_chain import values, words

NOW = datetime(2026, 11, 12, 1, 15, 7, 123456, tzinfo=timezone.utc)
Capture = Callable[..., Any]


def record(number: int = 0, **facts: Any) -> AuditEntry:
    return audit.record(
        "toy.done",
        **{
            "actor": "akun:1",
            "at": NOW,
            "area": 3514000000,
            "subject": f"toy:{number}",
            "detail": {"n": number},
        }
        | facts,
    )


@pytest.fixture
def five(db: None, django_capture_on_commit_callbacks: Capture) -> None:
    """A chain of five entries whose head is kept in the file."""
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(1, 6):
            record(number)


def tamper(statement: str, *parameters: object) -> None:
    """What somebody with the database password would do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.django_db
def test_the_first_entry_has_number_one_and_the_chain_holds() -> None:
    assert record().seq == 1
    assert find_fault() is None


@pytest.mark.usefixtures("five")
def test_numbers_follow_each_other_and_the_head_is_the_last() -> None:
    entries = entries_after(0, limit=10)
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert current_head() == heads.Head(5, entries[-1].mac)


@pytest.mark.usefixtures("five")
def test_entries_are_found_by_actor_and_by_what_they_are_about() -> None:
    record(3, actor="S-14")
    assert [entry.seq for entry in entries_about("toy:3")] == [6, 3]
    assert [entry.seq for entry in entries_by("S-14")] == [6]
    assert [entry.seq for entry in entries_after(4, limit=1)] == [5]


@pytest.mark.django_db
@hypothesis_settings(max_examples=25)
@given(
    detail=st.dictionaries(words, values | st.floats(allow_nan=False, allow_infinity=False), max_size=4),
    reason=words,
)
def test_whatever_an_action_writes_reads_back_with_the_same_mac(detail: dict[str, Any], reason: str) -> None:
    with transaction.atomic():
        record(detail=detail, reason=reason)
        assert find_fault() is None
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_cannot_say_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        record(detail={"deep": [{"n": number}]})


# PostgreSQL refuses a moment that is none; both take JSON that no action would write.
UNREADABLE = {
    "sqlite": "UPDATE audit_auditentry SET at = 'kemarin' WHERE seq = 3",
    "postgresql": "UPDATE audit_auditentry SET detail = '[1]' WHERE seq = 3",
}
CHANGES = [
    ("UPDATE audit_auditentry SET actor = 'akun:2' WHERE seq = 3", Fault(3, FaultKind.CHANGED)),
    ("UPDATE audit_auditentry SET reason = 'lain' WHERE seq = 1", Fault(1, FaultKind.CHANGED)),
    ("UPDATE audit_auditentry SET area = NULL WHERE seq = 5", Fault(5, FaultKind.CHANGED)),
    ("UPDATE audit_auditentry SET detail = '{\"n\": 99}' WHERE seq = 2", Fault(2, FaultKind.CHANGED)),
    (
        "UPDATE audit_auditentry SET at = '2026-11-12 01:15:08+00:00' WHERE seq = 4",
        Fault(4, FaultKind.CHANGED),
    ),
    ("UPDATE audit_auditentry SET mac = 'é' WHERE seq = 4", Fault(4, FaultKind.CHANGED)),
    ("DELETE FROM audit_auditentry WHERE seq = 2", Fault(2, FaultKind.MISSING, other=3)),
    ("DELETE FROM audit_auditentry WHERE seq > 3", Fault(4, FaultKind.TAIL_CUT, other=5)),
    ("DELETE FROM audit_auditentry", Fault(1, FaultKind.TAIL_CUT, other=5)),
]


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(("statement", "found"), CHANGES)
def test_a_change_made_behind_our_back_is_found(statement: str, found: Fault) -> None:
    tamper(statement)
    assert find_fault() == found


@pytest.mark.usefixtures("five")
def test_a_value_that_cannot_even_be_read_is_found_at_its_entry() -> None:
    tamper(UNREADABLE[connection.vendor])
    assert find_fault() == Fault(3, FaultKind.CHANGED)


@pytest.mark.usefixtures("five")
def test_a_cut_tail_is_found_even_when_the_head_row_was_set_back() -> None:
    tamper("DELETE FROM audit_auditentry WHERE seq > 3")
    ChainHead.objects.update(seq=3, mac=AuditEntry.objects.get(seq=3).mac)
    assert find_fault() == Fault(4, FaultKind.TAIL_CUT, other=5)


@pytest.mark.usefixtures("five")
def test_a_chain_written_anew_with_the_stolen_key_is_found_by_the_kept_head() -> None:
    links = [Link(number, NOW, "toy.done", "akun:9", None, "", "", {}) for number in range(1, 6)]
    AuditEntry.objects.all().delete()
    for link, mac in chained(links, key=settings.AUDIT_KEY):
        AuditEntry.objects.create(mac=mac, **{name: getattr(link, name) for name in Link.__slots__})
    assert find_fault() == Fault(5, FaultKind.HEAD_DIFFERS)


@pytest.mark.usefixtures("five")
def test_a_head_noted_on_paper_finds_what_even_the_files_no_longer_know() -> None:
    paper = current_head()
    assert paper is not None
    (Path(settings.AUDIT_HEAD_DIR) / "head.json").unlink()
    tamper("DELETE FROM audit_auditentry WHERE seq = 5")
    assert find_fault() is None
    assert find_fault([paper]) == Fault(5, FaultKind.TAIL_CUT, other=5)


@pytest.mark.usefixtures("five")
def test_two_different_heads_for_one_entry_are_reported_as_such() -> None:
    assert find_fault([heads.Head(5, "0" * 64)]) == Fault(5, FaultKind.HEADS_DISAGREE)


@pytest.mark.django_db
def test_a_wrong_key_is_found_at_the_first_entry(settings: Any) -> None:
    record()
    settings.AUDIT_KEY = b"another key of thirty-two bytes!"
    assert find_fault() == Fault(1, FaultKind.CHANGED)


@pytest.mark.django_db
def test_an_action_that_fails_leaves_no_entry_and_no_gap() -> None:
    @action
    def failing() -> None:
        record(2)
        raise LookupError

    record(1)
    with pytest.raises(LookupError):
        failing()
    assert record(3).seq == 2
    assert find_fault() is None


@pytest.mark.django_db(transaction=True)
def test_the_head_file_follows_commits_and_never_what_was_rolled_back() -> None:
    folder = settings.AUDIT_HEAD_DIR
    first = record(1)
    assert heads.newest(folder) == heads.Head(1, first.mac)

    with transaction.atomic():
        record(2)
        transaction.set_rollback(True)
    assert heads.newest(folder) == heads.Head(1, first.mac)


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_is_full_does_not_undo_an_action_that_is_stored(settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "not a folder"
    blocked.write_text("")
    settings.AUDIT_HEAD_DIR = blocked
    assert record().seq == 1
    assert current_head() is not None


@pytest.mark.django_db(transaction=True)
def test_actions_at_the_same_time_get_numbers_without_gaps_in_one_chain() -> None:
    at_once, each = 6, 8
    start, failures = threading.Barrier(at_once), []

    def many(thread: int) -> None:
        try:
            start.wait(timeout=30)
            for number in range(each):
                record(number, actor=f"akun:{thread}")
        except Exception as failure:  # noqa: BLE001 (brought to the test's own thread)
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=many, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failures == []
    assert [entry.seq for entry in entries_after(0, limit=1000)] == list(range(1, at_once * each + 1))
    assert find_fault() is None
    newest = current_head()
    assert heads.newest(settings.AUDIT_HEAD_DIR) == newest


@pytest.mark.django_db
def test_going_back_and_forth_on_a_page_is_one_look_and_a_later_look_is_another() -> None:
    facts: dict[str, Any] = {"actor": "akun:1", "area": 3514000000, "subject": "event:1"}
    assert audit.look("event.read", at=NOW, **facts) is not None
    assert audit.look("event.read", at=NOW + timedelta(minutes=59), **facts) is None
    assert audit.look("event.read", at=NOW + timedelta(minutes=61), **facts) is not None
    assert audit.look("event.read", at=NOW, **facts | {"actor": "akun:2"}) is not None
    assert audit.look("event.read", at=NOW, **facts | {"subject": "event:2"}) is not None


@pytest.mark.django_db
def test_entries_added_together_are_the_chain_they_would_be_one_by_one(
    django_capture_on_commit_callbacks: Capture,
) -> None:
    links = [Link(0, NOW, "toy.done", "akun:1", 3514000000, f"toy:{n}", "", {"n": n}) for n in range(4)]
    record()
    with django_capture_on_commit_callbacks(execute=True) as after:
        entries = audit.record_all(links)
    assert [entry.seq for entry in entries] == [2, 3, 4, 5]
    assert [entry.subject for entry in entries_after(1, limit=9)] == [link.subject for link in links]
    assert find_fault() is None
    assert len(after) == 1  # the head outside is written once for all of them
    assert heads.newest(settings.AUDIT_HEAD_DIR) == current_head()
