"""Nil in one tap: once per client id, for the own desa alone, under a source number, from the nil before it until today."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from kentongan.accounts.models import Account
from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.intake.actions import send_nil
from kentongan.intake.models import NilReport
from kentongan.places.keys import key_of
from kentongan.places.models import Region
from kentongan.vault.models import Pseudonym
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused

pytestmark = pytest.mark.django_db
DISTRICT = key_of("99.01.01")
TODAY = date(2026, 11, 12)


def nil(
    account: Account, *, area: int = world.VILLAGE, client_id: UUID | None = None, at: datetime = NOW
) -> NilReport:
    return send_nil(people.actor(account), area=area, client_id=client_id or uuid4(), at=at)


def test_a_nil_stands_under_a_source_number_and_no_account() -> None:
    sent = nil(people.fkdm())
    assert sent.source.startswith("S-")
    assert sent.own_tag
    entry = AuditEntry.objects.get(action="nil.received")
    assert (entry.actor, entry.area, entry.detail) == (sent.source, world.VILLAGE, {})
    assert Pseudonym.objects.count() == 1


def test_the_same_tap_again_is_the_same_nil() -> None:
    wiryo, client_id = people.fkdm(), uuid4()
    assert nil(wiryo, client_id=client_id).pk == nil(wiryo, client_id=client_id).pk
    assert AuditEntry.objects.filter(action="nil.received").count() == 1


def test_the_first_nil_covers_one_rhythm_and_the_next_begins_where_it_ended() -> None:
    wiryo = people.fkdm()
    first = nil(wiryo)
    assert (first.covers_from, first.covers_to) == (TODAY - timedelta(days=7), TODAY)
    second = nil(wiryo, at=NOW + timedelta(days=3))
    assert (second.covers_from, second.covers_to) == (TODAY, TODAY + timedelta(days=3))


def test_a_nil_after_a_long_silence_does_not_cover_the_silence() -> None:
    wiryo = people.fkdm()
    nil(wiryo)
    late = nil(wiryo, at=NOW + timedelta(days=40))
    assert (late.covers_to - late.covers_from).days == 7


def test_today_is_the_day_of_the_region() -> None:
    wiryo = people.fkdm()
    Region.objects.filter(code="99").update(time_zone="Asia/Jayapura")
    evening = datetime(2026, 11, 12, 16, 30, tzinfo=timezone.utc)  # already Friday in the east
    assert nil(wiryo, at=evening).covers_to == date(2026, 11, 13)


def test_nobody_says_nil_for_another_desa() -> None:
    who = people.actor(people.fkdm())
    with refused("intake.nil_outside"):
        send_nil(who, area=world.OTHER_VILLAGE, client_id=uuid4(), at=NOW)
    assert Pseudonym.objects.count() == 0


def test_a_nil_for_a_whole_kabupaten_says_too_much() -> None:
    who = people.actor(people.penyelenggara())
    with refused("intake.nil_too_wide"):
        send_nil(who, area=world.REGENCY, client_id=uuid4(), at=NOW)


def test_a_nil_for_a_place_nobody_knows_is_refused() -> None:
    who = people.actor(people.fkdm())
    with refused("places.region_unknown"):
        send_nil(who, area=key_of("99.01.01.2999"), client_id=uuid4(), at=NOW)


def test_a_client_id_that_served_another_area_is_refused() -> None:
    sekar, client_id = people.kasi_trantib(), uuid4()
    nil(sekar, area=DISTRICT, client_id=client_id)
    who = people.actor(sekar)
    with refused("intake.nil_id_used"):
        send_nil(who, area=world.VILLAGE, client_id=client_id, at=NOW)


def test_a_desk_that_heard_it_by_telephone_writes_it_with_its_own_name_in_the_chain() -> None:
    ratna = people.analis()
    sent = nil(ratna)
    assert (sent.source, sent.own_tag) == ("petugas", "")
    assert AuditEntry.objects.get(action="nil.received").actor == people.actor(ratna).audit_name
    assert Pseudonym.objects.count() == 0


def test_the_village_head_says_nil_as_a_reporter() -> None:
    assert nil(people.tiga_pilar()).source.startswith("S-")


@pytest.mark.parametrize("role", ["pimpinan", "provinsi", "admin", "pengawas", "anggota_timdu"])
def test_roles_that_send_nothing_send_no_nil(role: str) -> None:
    who = people.actor(people.person(role))
    with refused("accounts.not_permitted"):
        send_nil(who, area=world.VILLAGE, client_id=uuid4(), at=NOW)


def test_a_nil_is_seen_by_the_desks_of_its_area_alone() -> None:
    sent = nil(people.fkdm())
    factories.waluku()
    scopes = [who.scope_for(Permission.COVERAGE_READ) for who in (world.ratna(), world.stranger())]
    assert [list(NilReport.objects.in_scope(scope)) for scope in scopes] == [[sent], []]
