"""What the database itself refuses of a report, each constraint once."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kentongan.edge.sealed_fields import SealedText
from kentongan.intake.decisions import is_waiting
from kentongan.intake.models import Report, ReportState, Suggestion, TriageOutcome
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db


def values(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": uuid4(),
        "content_hash": "0" * 64,
        "channel": "form",
        "source": "publik",
        "text_masked": "Ada coretan.",
        "raw_sealed": SealedText.seal("Ada coretan.", context="uji"),
        "area": world.VILLAGE,
        "received_at": world.NOW,
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "hilang"},
        {"channel": "merpati"},
        {"state": "triaged"},
        {"state": "archived"},
        {"area": None, "desk": None},
    ],
)
def test_the_database_refuses_a_report_that_cannot_be(changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.rows.create(**values(**changes))


@pytest.mark.parametrize(
    ("state", "outcome"),
    [("received", ""), ("withdrawn", ""), *product(ReportState.values, TriageOutcome.values)],
)
def test_the_database_knows_which_reports_wait(state: str, outcome: str) -> None:
    kept = Report.rows.create(**values(state=state, triage_outcome=outcome))
    kept.refresh_from_db()
    assert kept.waits == is_waiting(state, outcome)


def test_what_was_erased_waits_for_nobody() -> None:
    kept = Report.rows.create(
        **values(text_masked="", raw_sealed=None, erased_on=world.NOW.date(), erased_why="diminta pelapor")
    )
    kept.refresh_from_db()
    assert not kept.waits


def test_the_same_client_id_and_words_are_stored_once() -> None:
    first = values()
    Report.rows.create(**first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.rows.create(**first)


def test_a_method_suggests_each_kind_once() -> None:
    report = world.report()
    Suggestion.objects.create(report=report, kind="place", value={}, method="baca-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.create(report=report, kind="place", value={}, method="baca-1")


@pytest.mark.parametrize("reading", ["all", "first", "count", "exists"])
def test_reports_are_not_read_without_a_scope(reading: str) -> None:
    with pytest.raises(LookupError, match="in_scope"):
        getattr(Report.objects, reading)()
