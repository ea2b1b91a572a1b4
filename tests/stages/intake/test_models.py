"""What the database itself refuses of a report, each constraint once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from kentongan.edge.sealed_fields import SealedText
from kentongan.intake.models import Report, Suggestion
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
