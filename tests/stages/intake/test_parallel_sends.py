"""Twenty phones send at the same moment: one row and one receipt for one content, nothing lost of what differs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import Sender, is_conflicting, receive_report, send_nil
from kentongan.intake.decisions import Draft
from kentongan.intake.models import NilReport, Report
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SENDERS = 20


def at_once(senders: list[Callable[[], object]]) -> list[object]:
    """What each thread returned, all started from one barrier; an error stands as its words."""
    together, outcomes = threading.Barrier(len(senders)), []

    def run(send: Callable[[], object]) -> None:
        together.wait()
        try:
            outcomes.append(send())
        except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(send,)) for send in senders]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return outcomes


def receive(sent: Draft) -> tuple[int, str]:
    report, receipt = receive_report(sent, sender=Sender.public(), desk=None, at=NOW)
    return report.pk, receipt


def test_twenty_resends_at_once_make_one_row_and_one_receipt() -> None:
    factories.waluku()
    sent = world.draft(area=world.VILLAGE)
    outcomes = at_once([lambda: receive(sent)] * SENDERS)
    assert len(outcomes) == SENDERS
    assert set(outcomes) == {(Report.rows.get().pk, outcomes[0][1])}  # type: ignore[index]
    assert AuditEntry.objects.filter(action="report.received").count() == 1


def test_twenty_contents_under_one_client_id_are_twenty_reports_and_nineteen_conflicts() -> None:
    factories.waluku()
    sent = world.draft(area=world.VILLAGE)
    drafts = [replace(sent, text=f"Isi nomor {number}") for number in range(SENDERS)]
    outcomes = at_once([lambda each=each: receive(each) for each in drafts])  # type: ignore[misc]
    assert len(set(outcomes)) == Report.rows.count() == SENDERS
    assert sum(is_conflicting(sent.client_id, number) for number, _ in outcomes) == SENDERS - 1  # type: ignore[misc]


def test_twenty_taps_on_nil_are_one_nil() -> None:
    wiryo, client_id = people.actor(people.fkdm()), uuid4()
    outcomes = at_once(
        [lambda: send_nil(wiryo, area=world.VILLAGE, client_id=client_id, at=NOW).pk] * SENDERS
    )
    assert set(outcomes) == {NilReport.rows.get().pk}
    assert AuditEntry.objects.filter(action="nil.received").count() == 1
