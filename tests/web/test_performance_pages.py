"""Kinerja sistem: shown to those who answer for the office, in figures alone, and never as a count of reports."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from kentongan.audit.models import AuditEntry
from tests import people
from tests.stages import chain_world as world
from tests.web.chain import enter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["analis", "kabid", "provinsi", "pengawas", "admin"])
def test_whoever_answers_for_the_office_sees_figures_and_no_event(role: str) -> None:
    event = world.event(verdict="verified")
    answer = enter(people.person(role)).get(reverse("performance"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert answer.context["now"].cases == 1
    assert "belum cukup data, n = " in text
    assert f"/peristiwa/{event.pk}/" not in text
    assert event.summary not in text


@pytest.mark.parametrize("role", ["fkdm", "anggota_timdu", "kampus"])
def test_others_do_not(role: str) -> None:
    world.event()
    assert enter(people.person(role)).get(reverse("performance")).status_code == 403


def test_a_period_whose_first_figure_is_told_needs_five_cases() -> None:
    for turn in range(5):
        world.event(verdict="verified", reports=(world.report(f"Laporan {turn}").pk,))
    answer = enter(people.analis()).get(reverse("performance"))
    assert dict(answer.context["now"].links)["judged"].median is not None


def test_taking_the_figures_away_is_recorded() -> None:
    world.event()
    answer = enter(people.kabid()).get(reverse("performance_file", args=["xlsx"]))
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    assert AuditEntry.objects.filter(action="performance.exported").count() == 1
