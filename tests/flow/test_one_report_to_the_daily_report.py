"""The main job from end to end: an article becomes a report, an event, an alert, a task, an outcome, a line of the day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from kentongan.accounts.permissions import Permission
from kentongan.alerts.actions import acknowledge_alert, approve_alert, propose_alert
from kentongan.alerts.models import Alert
from kentongan.audit.models import AuditEntry
from kentongan.audit.queries import find_fault
from kentongan.documents.queries import local_day
from kentongan.edge.clocks import domain_now, machine_now
from kentongan.edge.models import Job
from kentongan.events.actions import create_event
from kentongan.events.models import Event
from kentongan.events.queries import event_title
from kentongan.intake.models import Report
from kentongan.intake.queries import inbox, suggestions_of
from kentongan.pipeline.gazetteers import forget_gazetteers
from kentongan.pipeline.guessing import suggest_for_report
from kentongan.pipeline.worker import one_round
from kentongan.places.actions import load_regions
from kentongan.places.lists import shipped_list
from kentongan.response.actions import accept_task, assign_task, finish_task, record_outcome
from tests.flow import articles
from tests.stages import chain_world as world


def rounds() -> None:
    """The worker, until there is nothing left to do."""
    while one_round(now=machine_now()):
        pass


def ingest(*paths: Path, **options: Any) -> str:
    out = StringIO()
    call_command("ingest", *map(str, paths), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_an_article_becomes_a_line_of_the_daily_report(story: None, tmp_path: Path) -> None:
    desk, polres = world.desk(), world.polres()
    folder = articles.write(tmp_path / "koran", tugu=articles.TUGU)

    # It arrives, is read, and waits: nothing but a person makes an event of it.
    said = ingest(folder)
    assert "tersimpan sebagai LP-" in said
    rounds()
    report = inbox(world.ratna().scope_for(Permission.REPORT_READ)).get()
    assert "[telepon]" in report.text_masked
    suggested = suggestions_of(report)
    assert suggested["place"].value["code"] == "99.01"
    assert suggested["dates"].value[0]["alternatives"] == ["2026-11-11"]
    assert (report.area, Event.rows.count()) == (None, 0)

    # A person makes an event of it, in the village that the words name, and judges it.
    event = create_event(world.facts(), owner=desk.pk, reports=[report.pk], by=world.ratna(), at=domain_now())
    assert Report.rows.get(pk=report.pk).triage_outcome == "new_event"
    world.judged(event, at=domain_now())

    # Proposed by one, confirmed by the Kabid, acknowledged by the one it names.
    alert = propose_alert(event.pk, world.proposal(level=2), by=world.ratna(), at=domain_now())
    approve_alert(alert.pk, by=world.budi(), at=domain_now())
    acknowledge_alert(alert.pk, agency=polres.pk, by=world.alya(), at=domain_now())

    # Somebody does something about it, and it ends.
    what = world.assignment(due_at=domain_now() + 4 * world.HOUR)
    task = assign_task(event.pk, what, by=world.budi(), at=domain_now(), alert=alert.pk)
    accept_task(task.pk, by=world.alya(), at=domain_now())
    assert Alert.rows.get(pk=alert.pk).state == "responding"
    finish_task(task.pk, result="Kedua rute dipisahkan.", by=world.alya(), at=domain_now())
    record_outcome(event.pk, world.ending(), by=world.ratna(), at=domain_now())

    # Nobody is left standing: the worker gives the all-clear.
    assert Alert.rows.get(pk=alert.pk).state == "responding"
    rounds()
    assert Alert.rows.get(pk=alert.pk).state == "stood_down"
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}

    now = domain_now()
    product = world.signed_daily(day=local_day(world.REGENCY, now), at=now)
    lines = product.text.splitlines()
    stored = Event.rows.get(pk=event.pk)
    assert any(
        line.startswith(f"- {stored.number} {event_title(stored)}") and "Hasil: tidak terjadi" in line
        for line in lines
    )
    assert any(line.startswith(f"- {alert.number} SIAGA: ") and "diterima 1 dari 1" in line for line in lines)
    assert any(line.startswith(f"- {task.number} ") and "Kedua rute dipisahkan." in line for line in lines)
    assert any(line.startswith("Laporan masuk: 1, belum diputuskan: 0.") for line in lines)
    assert "BELUM TERVERIFIKASI" not in product.text

    # Every step is in the chain, in this order, and the chain holds.
    steps = [entry.action for entry in AuditEntry.objects.order_by("seq")]
    expected = [
        "report.received",
        "report.read",
        "report.triaged",
        "event.created",
        "event.verified",
        "alert.proposed",
        "event.shared",
        "alert.issued",
        "alert.acknowledged",
        "task.assigned",
        "task.accepted",
        "task.done",
        "outcome.recorded",
        "alert.stood_down",
        "product.drafted",
        "product.reviewed",
        "product.signed",
    ]
    places = [steps.index(step) for step in expected]
    assert places == sorted(places)
    assert find_fault() is None


@pytest.mark.django_db(transaction=True)
def test_the_same_article_read_twice_is_one_report(story: None, tmp_path: Path) -> None:
    world.desk()
    folder = articles.write(tmp_path / "koran", tugu=articles.TUGU)
    ingest(folder)
    number = Report.rows.get().pk
    assert f"sudah ada sebagai LP-{number}" in ingest(folder)
    rounds()
    assert Report.rows.count() == 1
    assert Report.rows.get().suggestions.filter(kind="place").count() == 1


@pytest.mark.django_db
def test_a_dry_run_stores_nothing(story: None, tmp_path: Path) -> None:
    folder = articles.write(tmp_path / "koran", tugu=articles.TUGU)
    lines = [json.loads(line) for line in ingest(folder, dry_run=True, json=True).splitlines()]
    assert [(line["source"], line["place"]) for line in lines] == [("tugu.txt", "99.01")]
    assert Report.rows.count() == 0


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(story: None, tmp_path: Path) -> None:
    from django.core.management.base import CommandError

    world.desk()
    folder = articles.write(tmp_path / "koran", a_kosong="  ", b_tugu=articles.TUGU)
    errors = StringIO()
    with pytest.raises(CommandError, match="1 berkas tidak terbaca"):
        ingest(folder, stderr=errors)
    assert "a_kosong.txt" in errors.getvalue()
    assert Report.rows.count() == 1


# --- the five articles the project grew from


@pytest.fixture(scope="module")
def real_regions(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole official list, loaded once for this file and undone after it."""
    forget_gazetteers()
    with django_db_blocker.unblock(), transaction.atomic():
        load_regions(shipped_list(), at=datetime(2026, 3, 5, tzinfo=timezone.utc), actor="sistem:uji")
        yield
        transaction.set_rollback(True)
    forget_gazetteers()


@pytest.fixture(scope="module")
def five(real_regions: None, shared_dir: Path) -> list[dict[str, Any]]:
    seeds = shared_dir / "seeds"
    return [json.loads(line) for line in ingest(seeds, dry_run=True, json=True).splitlines()]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_five_articles_give_five_lines_in_their_places(five: list[dict[str, Any]]) -> None:
    assert [set(line) for line in five] == [
        {"source", "title", "place", "place_name", "dates", "flags", "duplicate_of"}
    ] * 5
    by_source = {line["source"][:3]: line["place"] for line in five}
    assert {by_source[number] for number in ("000", "001", "002", "003")} == {"35.14", "35.20", "19", "15.04"}
    assert by_source["004"] in {"65", "65.02"}
    assert [line["duplicate_of"] for line in five] == [None] * 5


@pytest.mark.slow
@pytest.mark.django_db
def test_the_doubled_article_is_told_apart_from_the_others(five: list[dict[str, Any]]) -> None:
    assert [line["source"][:3] for line in five if "isi_ganda" in line["flags"]] == ["002"]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_mangled_article_keeps_both_readings_of_its_date(five: list[dict[str, Any]]) -> None:
    mangled = next(line for line in five if line["source"].startswith("004"))
    assert {"teks_bermutu_rendah", "tanggal_ambigu"} <= set(mangled["flags"])
    assert any({"2024-12-02", "2024-02-12"} <= set(date["alternatives"]) for date in mangled["dates"])


@pytest.mark.slow
@pytest.mark.django_db
def test_none_of_the_five_becomes_an_event_by_itself(real_regions: None, shared_dir: Path) -> None:
    world.desk()
    ingest(shared_dir / "seeds")
    for number in Report.rows.values_list("pk", flat=True):
        suggest_for_report(number, at=domain_now())
    assert (Report.rows.count(), Event.rows.count()) == (5, 0)
    assert set(Report.rows.values_list("area", flat=True)) == {None}
