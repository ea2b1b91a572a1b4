"""Issuing the day's report: frozen, hashed, numbered, of one area and one scope; days end where the region's day ends."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.permissions import Permission
from kentongan.accounts.scopes import Scope
from kentongan.alerts.actions import stand_down
from kentongan.audit import heads
from kentongan.audit.models import AuditEntry
from kentongan.documents.actions import draft_daily_report
from kentongan.documents.decisions import UNVERIFIED_MARK
from kentongan.documents.models import Product, ProductKind
from kentongan.documents.queries import day_bounds, local_day, product_in, products_in
from kentongan.events.actions import move_event, share_event
from kentongan.places.keys import key_of
from kentongan.response.actions import record_outcome
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, REGENCY, refused
from tests.stages.sights import PLACES, scopes, twin_own

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 12)


def issue(*, at: datetime = NOW + 6 * HOUR, day: date = TODAY, area: int = REGENCY) -> Product:
    return world.signed_daily(day=day, area=area, at=at)


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


# --- the text of a day


def test_an_event_moves_out_of_the_box_only_by_a_verdict() -> None:
    event = world.event()
    assert line_with(issue().text, event.number).startswith("│ - ")
    world.judged(event, "verified")
    assert line_with(issue().text, event.number).startswith("- ")


@pytest.mark.parametrize("verdict", ["refuted", "inconclusive"])
def test_an_event_that_was_not_confirmed_stays_in_the_box(verdict: str) -> None:
    event = world.event(verdict=verdict)
    text = issue().text
    assert line_with(text, event.number).startswith("│ - ")
    assert f"┌ {UNVERIFIED_MARK}" in text


def test_an_alert_whose_event_was_refuted_since_carries_the_mark() -> None:
    alert = world.issued()
    assert "BELUM TERVERIFIKASI" not in line_with(issue().text, alert.number)
    world.judged(alert.event, "refuted", content_grade=5)
    assert "[BELUM TERVERIFIKASI]" in line_with(issue().text, alert.number)


def test_a_task_on_an_unverified_event_carries_the_mark() -> None:
    task = world.task(about=world.event())
    assert "[BELUM TERVERIFIKASI]" in line_with(issue().text, task.number)


def test_an_alert_that_ended_on_the_day_is_listed() -> None:
    alert = world.issued(at=NOW - 30 * HOUR, hours=72)
    stand_down(alert.pk, by=world.budi(), at=NOW, reason="aman")
    assert "dinyatakan aman" in line_with(issue().text, alert.number)


def test_a_day_on_which_nothing_was_recorded_says_nihil_and_counts_what_came() -> None:
    world.report()
    text = issue().text
    assert "NIHIL" in text
    assert "Laporan masuk: 1, belum diputuskan: 1." in text


def test_the_outcome_of_an_older_event_is_told_on_its_day() -> None:
    event = world.event(verdict="verified", at=NOW - 72 * HOUR)
    record_outcome(event.pk, world.ending(), by=world.ratna(), at=NOW)
    assert "Hasil: tidak terjadi, tidak meluas." in line_with(issue().text, event.number)


def test_what_is_addressed_to_the_office_from_elsewhere_is_not_of_this_area() -> None:
    elsewhere = world.event(area=world.ELSEWHERE, by=world.stranger())
    share_event(elsewhere.pk, agency=world.desk().pk, until=NOW + 9 * HOUR, by=world.stranger(), at=NOW)
    assert elsewhere.number not in issue().text


def test_a_report_without_place_counts_with_the_desk_that_received_it() -> None:
    world.report(area=None)
    assert issue().figures["reports"] == 1


def test_what_comes_after_the_cut_off_is_not_in_the_report() -> None:
    late = world.event(verdict="verified", at=NOW + 8 * HOUR)
    assert late.number not in issue(at=NOW + 6 * HOUR).text


# --- freezing


def test_the_hash_is_that_of_the_text_and_stands_in_the_chain() -> None:
    product = issue()
    assert product.sha256 == hashlib.sha256(product.text.encode()).hexdigest()
    assert AuditEntry.objects.get(action="product.signed").detail["sha256"] == product.sha256


def test_issued_figures_do_not_move_when_the_world_does() -> None:
    event = world.event(verdict="verified")
    product = issue()
    before = (product.text, product.figures)
    move_event(event.pk, to="handled", by=world.ratna(), at=NOW, reason="lanjut")
    world.event(verdict="verified")
    stored = Product.rows.get(pk=product.pk)
    assert (stored.text, stored.figures) == before


def test_a_second_issue_is_edition_two_and_the_first_stays() -> None:
    first, second = issue(), issue()
    assert [first.edition, second.edition] == [1, 2]
    assert Product.rows.get(pk=first.pk).text == first.text


def test_an_edition_exists_once() -> None:
    product = issue()
    product.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        product.save(force_insert=True)


def test_an_unknown_kind_of_product_is_not_stored() -> None:
    product = issue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.rows.filter(pk=product.pk).update(kind="rahasia")


@pytest.mark.django_db(transaction=True)
def test_the_audit_head_of_the_moment_is_written_down_outside_the_database(settings: Any) -> None:
    world.event()
    product = issue()
    head = AuditEntry.objects.get(action="product.reviewed")
    assert product.audit_head == f"{head.seq}:{head.mac}"
    assert heads.Head(head.seq, head.mac) in heads.written_down(settings.AUDIT_HEAD_DIR)


@pytest.mark.django_db(transaction=True)
def test_a_report_that_was_rolled_back_leaves_no_head_behind(settings: Any) -> None:
    with transaction.atomic():
        world.event()
        issue()
        transaction.set_rollback(True)
    assert heads.written_down(settings.AUDIT_HEAD_DIR) == []


# --- who may


@pytest.mark.parametrize(
    "role", ["fkdm", "tiga_pilar", "kasi_trantib", "piket", "anggota_timdu", "pimpinan", "provinsi"]
)
def test_only_the_desk_drafts(role: str) -> None:
    who = people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        draft_daily_report(area=REGENCY, day=TODAY, office=world.desk().pk, by=who, at=NOW)


def test_no_report_is_drafted_of_another_regency() -> None:
    who = world.stranger()
    with refused("accounts.outside_area"):
        draft_daily_report(area=REGENCY, day=TODAY, office=world.desk().pk, by=who, at=NOW)


def test_tomorrow_cannot_be_reported() -> None:
    who = world.ratna()
    with refused("documents.day_in_future"):
        draft_daily_report(
            area=REGENCY, day=TODAY + timedelta(days=1), office=world.desk().pk, by=who, at=NOW
        )


def test_a_product_outside_the_scope_is_not_said_to_exist() -> None:
    product, scope = issue(), world.stranger().scope_for(Permission.DOCUMENT_READ)
    assert products_in(scope).count() == 0
    with refused("documents.product_unknown"):
        product_in(scope, product.pk)


@pytest.fixture
def shelf() -> None:
    """One product in every place of the world."""
    factories.waluku()
    for area in PLACES.values():
        facts = {
            "figures": {},
            "text": "x",
            "sha256": "0" * 64,
            "audit_head": "",
            "made_by": "akun:1",
            "made_at": NOW,
            "state": "signed",
            "signed_at": NOW,
        }
        Product.rows.create(kind=ProductKind.DAILY, area=area, day=TODAY, edition=1, **facts)


@given(scope=scopes)
def test_the_products_of_a_scope_are_those_a_plain_rule_finds(shelf: None, scope: Scope) -> None:
    expected = {
        row.pk
        for row in Product.rows.all()
        for sight in scope.sights
        if twin_own(sight, row.area) and row.label <= sight.label
    }
    assert {row.pk for row in Product.objects.in_scope(scope)} == expected


# --- days


ZONES = {"98": ("Asia/Jakarta", 7), "97": ("Asia/Makassar", 8), "96": ("Asia/Jayapura", 9)}


@pytest.fixture
def three_zones() -> None:
    for code, (zone, _) in ZONES.items():
        factories.region(code, f"Rekaan {code}", zone=zone)


@given(
    code=st.sampled_from(list(ZONES)),
    moment=st.datetimes(datetime(2021, 1, 1), datetime(2040, 12, 31)).map(
        lambda when: when.replace(tzinfo=timezone.utc)
    ),
)
def test_a_day_begins_and_ends_at_the_regions_own_midnight(
    three_zones: None, code: str, moment: datetime
) -> None:
    area, hours = key_of(code), ZONES[code][1]
    day = local_day(area, moment)
    start, end = day_bounds(area, day)
    assert start <= moment < end
    assert end - start == timedelta(days=1)
    assert day == (moment + timedelta(hours=hours)).date()
    assert start == datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(hours=hours)
    assert day_bounds(area, day + timedelta(days=1))[0] == end
