"""Fifty signatures at the same moment: fifty distinct, consecutive numbers."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from kentongan.documents.actions.numbers import take_serial
from kentongan.documents.models import NumberSeries
from kentongan.edge.transactions import one_transaction
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db(transaction=True)
SIGNERS = 50


def test_fifty_at_once_take_fifty_consecutive_serials() -> None:
    office = world.desk().pk
    taken, errors, together = [], [], threading.Barrier(SIGNERS)

    def sign() -> None:
        together.wait()
        try:
            with one_transaction():
                taken.append(take_serial(office, year=2026))
        except Exception as error:  # noqa: BLE001  (a thread's error must reach the test)
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign) for _ in range(SIGNERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert errors == []
    assert sorted(taken) == list(range(1, SIGNERS + 1))
    assert NumberSeries.objects.get().last == SIGNERS
