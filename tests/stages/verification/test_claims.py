"""Claims: what is being said, never who says it; each report that carries one stays a report of its own."""

from __future__ import annotations

import pytest

from kentongan.accounts.permissions import Permission
from kentongan.intake.models import Report
from kentongan.verification.actions import link_claim, make_claim, undo_claim
from kentongan.verification.models import Claim, ClaimReport
from kentongan.verification.queries import claim_in, claims_in, reports_of_claims
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused
from tests.stages.verification.checking import sekar

pytestmark = pytest.mark.django_db
RUMOUR = "Tiga kontainer surat suara sudah dicoblos."


def claim(*reports: int, text: str = RUMOUR, area: int | None = world.REGENCY) -> Claim:
    numbers = reports or (world.report(RUMOUR).pk,)
    return make_claim(numbers, text=text, area=area, desk=world.desk().pk, by=world.ratna(), at=NOW)


def test_a_claim_has_no_field_for_a_sender() -> None:
    fields = {field.name for field in Claim._meta.get_fields()}
    assert fields == {
        "id", "text", "state", "reason", "area", "desk", "created_by", "created_at", "sources",
    }  # fmt: skip


def test_every_named_report_is_decided_as_a_claim_and_stays_a_report() -> None:
    numbers = [world.report(RUMOUR).pk for _ in range(3)]
    made = claim(*numbers)
    assert set(Report.rows.filter(pk__in=numbers).values_list("triage_outcome", flat=True)) == {"claim"}
    assert list(made.sources.order_by("report_id").values_list("report_id", flat=True)) == numbers
    assert (made.state, made.number) == ("unstarted", f"KL-{made.pk:04d}")
    assert world.chained(f"claim:{made.pk}") == ["claim.made"]


def test_links_and_identifiers_are_not_passed_on() -> None:
    made = claim(text="Lihat https://contoh.id/x, tanya 0812-3456-7890")
    assert "contoh.id" not in made.text
    assert "[telepon]" in made.text
    assert "[tautan " in made.text


def test_one_decided_report_takes_the_whole_claim_back() -> None:
    fresh, decided, who, desk = world.report(), world.report("Lain."), world.ratna(), world.desk().pk
    world.event(reports=(decided.pk,))
    with refused("intake.already_triaged"):
        make_claim([fresh.pk, decided.pk], text=RUMOUR, area=None, desk=desk, by=who, at=NOW)
    assert (Claim.rows.count(), Report.rows.get(pk=fresh.pk).state) == (0, "received")


@pytest.mark.parametrize(
    ("text", "numbers", "code"),
    [
        ("  ", [1], "verification.claim_empty"),
        ("a" * 2001, [1], "verification.claim_too_long"),
        (RUMOUR, [], "verification.claim_without_report"),
    ],
)
def test_a_claim_that_says_nothing_is_refused(text: str, numbers: list[int], code: str) -> None:
    who, desk = world.ratna(), world.desk().pk
    with refused(code):
        make_claim(numbers, text=text, area=None, desk=desk, by=who, at=NOW)


def test_a_claim_is_kept_at_the_own_desk_and_area() -> None:
    report, who, desk = world.report().pk, world.stranger(), world.desk().pk
    with refused("verification.claim_other_desk"):
        make_claim([report], text=RUMOUR, area=None, desk=desk, by=who, at=NOW)
    with refused("accounts.outside_area"):
        make_claim([report], text=RUMOUR, area=world.REGENCY, desk=desk, by=who, at=NOW)


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "provinsi", "pimpinan", "anggota_timdu"])
def test_roles_outside_the_desk_make_no_claim(role: str) -> None:
    account = people.person(role)
    who, report = people.actor(account), world.report().pk
    desk = world.agency_of(account).pk
    with refused("accounts.not_permitted"):
        make_claim([report], text=RUMOUR, area=None, desk=desk, by=who, at=NOW)


def test_one_more_report_joins_a_known_claim() -> None:
    made, more = claim(), world.report(RUMOUR).pk
    link_claim(made.pk, more, by=world.ratna(), at=NOW + HOUR)
    assert made.sources.count() == 2
    assert world.chained(f"claim:{made.pk}") == ["claim.made", "claim.linked"]


def test_a_claim_outside_the_area_is_not_even_said_to_exist() -> None:
    made, who = claim(), world.stranger()
    report = world.report(area=world.ELSEWHERE).pk
    with refused("verification.claim_unknown"):
        link_claim(made.pk, report, by=who, at=NOW)
    with refused("verification.claim_unknown"):
        claim_in(who.scope_for(Permission.REPORT_TRIAGE), made.pk)


def test_a_count_holds_only_reports_that_the_reader_may_see() -> None:
    near, far = world.report(RUMOUR).pk, world.report(RUMOUR, area=world.OTHER_VILLAGE).pk
    made = claim(near, far, area=world.VILLAGE)
    scopes = {who.name: who.scope_for(Permission.REPORT_TRIAGE) for who in (world.ratna(), sekar())}
    assert reports_of_claims([made], scopes["Ratna"])[made.pk] == [near, far]
    assert reports_of_claims([made], scopes["Sekar"])[made.pk] == [near]


def test_a_decision_taken_back_leaves_the_report_waiting_and_no_claim_in_the_list() -> None:
    report, who = world.report(RUMOUR).pk, world.ratna()
    made = claim(report)
    undo_claim(report, by=who, at=NOW)
    assert Report.rows.get(pk=report).state == "received"
    assert list(claims_in(who.scope_for(Permission.REPORT_TRIAGE))) == []
    again = claim(report)
    assert ClaimReport.objects.get(report=report).claim == again
    assert world.chained(f"claim:{made.pk}") == ["claim.made", "claim.undone"]
