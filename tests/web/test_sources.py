"""Source numbers are for desks of the kabupaten and above; below, a report says only that it has a sender."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.intake.actions import receive_report, reporter
from kentongan.intake.models import Report
from kentongan.web.sources import reads_numbers, shown_source
from tests import people
from tests.stages import chain_world as world

pytestmark = pytest.mark.django_db


def sent_by_a_member() -> Report:
    sender = people.actor(people.fkdm())
    draft = world.draft(area=world.VILLAGE)
    stored, _ = receive_report(
        draft,
        sender=reporter(sender, draft, area=world.VILLAGE, at=world.NOW),
        desk=world.desk().pk,
        at=world.NOW,
    )
    return stored


@pytest.mark.parametrize(
    ("source", "numbered", "words"),
    [
        ("S-14", True, "S-14"),
        ("S-14", False, "Pelapor dengan akun"),
        ("publik", False, "Warga tanpa akun"),
        ("koran.txt", False, "koran.txt"),
    ],
)
def test_a_source_is_said_as_far_as_the_reader_may_know(source: str, numbered: bool, words: str) -> None:
    assert shown_source(source, numbered=numbered) == words


def test_a_kabupaten_desk_reads_numbers_and_a_subdistrict_does_not() -> None:
    assert reads_numbers(world.ratna(), world.VILLAGE)
    assert reads_numbers(world.ratna(), None)
    assert not reads_numbers(people.actor(people.kasi_trantib()), world.VILLAGE)
    assert not reads_numbers(world.stranger(), world.VILLAGE)


def test_the_inbox_of_a_subdistrict_shows_no_source_number(client: Client) -> None:
    report = sent_by_a_member()
    people.sign_in(client, people.kasi_trantib())
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    assert "Pelapor dengan akun" in page
    assert report.source not in page


def test_the_inbox_of_the_kabupaten_shows_the_number(client: Client) -> None:
    report = sent_by_a_member()
    people.sign_in(client, people.analis())
    assert report.source in client.get(reverse("report", args=[report.pk])).content.decode()
