"""The writers: permission, area, separation of duties, and one audit row each without a name in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from kentongan.accounts import actions, queries
from kentongan.accounts.actors import Actor
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.models import Account, Agency, Assignment, Delegation
from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from tests import factories, people
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 13)


def admin(area: str = "99.01") -> Actor:
    return people.actor(people.admin(area))


def refused(code: str, act: Any, *args: Any, **values: Any) -> Problem:
    with pytest.raises(Problem) as told:
        act(*args, **values)
    assert told.value.code == f"accounts.{code}"
    return told.value


def new_account(by: Actor, agency: Agency, role: str = "analis", **values: Any) -> actions.NewAccount:
    facts: dict[str, Any] = {"name": "Melati", "email": "melati@contoh.go.id"} | values
    return actions.create_account(
        **facts, post=NewPost(agency.pk, role, "", TODAY), by=by, at=NOW, today=TODAY
    )


def last_entry() -> AuditEntry:
    return AuditEntry.objects.order_by("-seq")[0]


# --- accounts


def test_a_new_account_signs_in_once_with_its_code_and_must_choose_a_password(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    made = new_account(admin(), factories.agency())
    account = Account.objects.get(pk=made.account_id)
    assert check_password(made.code, account.password)
    assert account.must_change_password


def test_the_chain_knows_the_number_of_an_account_and_nothing_else_about_the_person() -> None:
    made = new_account(admin(), factories.agency(), phone="0812 3456 7890")
    entry = last_entry()
    assert entry.action == "account.created"
    assert entry.subject == f"account:{made.account_id}"
    everything = f"{entry.subject} {entry.reason} {entry.detail} {entry.actor}".lower()
    assert not any(word in everything for word in ("melati", "contoh", "812", made.code.lower()))


def test_every_action_adds_exactly_one_row_to_the_chain() -> None:
    by, office = admin(), factories.agency()
    before = AuditEntry.objects.count()
    made = new_account(by, office)
    assert AuditEntry.objects.count() == before + 1
    actions.assign_role(made.account_id, post=NewPost(office.pk, "piket", "", TODAY), by=by, at=NOW)
    assert AuditEntry.objects.count() == before + 2


def test_an_account_outside_the_area_is_refused_with_the_area_named() -> None:
    elsewhere = factories.agency("Kesbangpol Lintang", own=("99.02",))
    assert "Lintang Wuluh" in refused("outside_area", new_account, admin("99.01"), elsewhere).sentence("id")


def test_an_analyst_may_not_make_accounts_and_is_told_so_in_plain_words() -> None:
    told = refused("not_permitted", new_account, people.actor(people.analis()), factories.agency())
    assert "mengurus akun" in told.sentence("id")
    assert "manage accounts" in told.sentence("en")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "", "phone": ""}, "contact_missing"),
        ({"email": "melati"}, "email_bad"),
        ({"email": "", "phone": "12"}, "phone_bad"),
        ({"name": " "}, "name_missing"),
    ],
)
def test_a_contact_that_is_none_is_refused(values: dict[str, str], code: str) -> None:
    refused(code, new_account, admin(), factories.agency(), **values)


def test_two_accounts_never_share_a_number_however_it_is_spelt() -> None:
    new_account(admin(), factories.agency(), email="", phone="081234567890")
    refused("contact_taken", new_account, admin(), factories.agency(), email="", phone="+62 812-3456-7890")


def test_a_role_that_may_not_be_held_beside_the_present_one_is_refused() -> None:
    by, ratna = admin(), people.analis()
    guardian = NewPost(factories.agency().pk, "wali_pelapor", "", TODAY)
    refused("roles_conflict", actions.assign_role, ratna.pk, post=guardian, by=by, at=NOW)


def test_the_same_role_after_the_first_has_ended_is_no_conflict() -> None:
    by, ratna = admin(), people.analis()
    ratna.assignments.update(valid_until=TODAY - timedelta(days=1))
    guardian = NewPost(factories.agency().pk, "wali_pelapor", "", TODAY)
    actions.assign_role(ratna.pk, post=guardian, by=by, at=NOW)
    assert people.actor(ratna).may(Permission.DISCLOSURE_HOLD)


def test_an_administrator_changes_nothing_of_his_own_account() -> None:
    rangga = people.admin()
    by = people.actor(rangga)
    post = NewPost(factories.agency().pk, "pimpinan", "", TODAY)
    refused("own_account", actions.assign_role, rangga.pk, post=post, by=by, at=NOW)
    refused("own_account", actions.reset_password, rangga.pk, reason="lupa", by=by, at=NOW)
    refused("own_account", actions.reset_second_factor, rangga.pk, reason="HP hilang", by=by, at=NOW)
    refused("own_account", actions.deactivate_account, rangga.pk, reason="pindah", by=by, at=NOW, today=TODAY)


def test_a_regency_s_administrator_cannot_take_over_somebody_who_also_serves_the_province() -> None:
    gita = people.analis("99.01", name="Gita")
    people.post(gita, "provinsi", factories.agency("Kesbangpol Bimasakti", own=("99",)))
    refused("outside_area", actions.reset_password, gita.pk, reason="lupa", by=admin("99.01"), at=NOW)
    assert actions.reset_password(gita.pk, reason="lupa", by=admin("99"), at=NOW)


def test_closing_an_account_ends_its_posts_and_what_was_lent_to_it() -> None:
    budi, ratna = people.kabid(), people.analis()
    people.lend(budi, ratna, starts=TODAY, ends=FRIDAY)
    actions.deactivate_account(ratna.pk, reason="pindah tugas", by=admin(), at=NOW, today=TODAY)
    ratna.refresh_from_db()
    assert not ratna.is_active
    assert people.actor(ratna, on=TODAY + timedelta(days=1)).posts == ()
    assert Delegation.objects.get().withdrawn_on == TODAY
    assert last_entry().reason == "pindah tugas"


def test_a_lost_second_factor_is_removed_by_another_person() -> None:
    ratna = people.analis()
    people.with_second_factor(ratna)
    actions.reset_second_factor(ratna.pk, reason="HP hilang", by=admin(), at=NOW)
    assert not queries.has_second_factor(ratna.pk)


def test_a_reset_needs_a_reason() -> None:
    refused("reason_missing", actions.reset_password, people.analis().pk, reason="  ", by=admin(), at=NOW)


def test_a_post_ends_after_its_last_day() -> None:
    ratna = people.analis()
    post = Assignment.objects.get(account=ratna)
    actions.end_assignment(post.pk, last_day=TODAY, reason="mutasi", by=admin(), at=NOW, today=TODAY)
    assert people.actor(ratna, on=TODAY).posts
    assert not people.actor(ratna, on=TODAY + timedelta(days=1)).posts


def test_setting_one_s_password_leaves_only_the_day_in_the_chain() -> None:
    wiryo = people.fkdm()
    actions.set_own_password(wiryo, "lentera sungai sore", at=NOW)
    entry = last_entry()
    assert entry.actor == f"akun:{wiryo.pk}"
    assert (entry.at.hour, entry.at.minute, entry.at.second) == (0, 0, 0)


# --- agencies


def test_an_agency_s_jurisdiction_is_a_set_of_regions() -> None:
    factories.waluku()
    polres = actions.create_agency(
        name="Polres Waluku Utara", short_name="Polres Utara", kind="polri",
        own=["99.01.01", "99.01.02"], neighbours=["99.01.03"], by=admin(), at=NOW,
    )  # fmt: skip
    assert sorted(area.region.code for area in polres.areas.filter(relation="own")) == [
        "99.01.01",
        "99.01.02",
    ]
    assert last_entry().detail == {"own": ["99.01.01", "99.01.02"], "neighbour": ["99.01.03"]}


def test_an_agency_cannot_be_given_an_area_its_maker_is_not_in_charge_of() -> None:
    by, words = admin("99.01"), {"name": "Polres Lintang", "short_name": "Polres Lintang", "kind": "polri"}
    refused("outside_area", actions.create_agency, **words, own=["99.02"], by=by, at=NOW)
    office = factories.agency()
    refused("outside_area", actions.change_agency_areas, office.pk, own=["99.01", "99.02"], by=by, at=NOW)


def test_new_areas_hold_for_everybody_who_works_there() -> None:
    ratna = people.analis()
    office = Agency.objects.get(name="Kesbangpol Waluku")
    actions.change_agency_areas(office.pk, own=["99.01.01"], by=admin(), at=NOW)
    actor = people.actor(ratna)
    assert actor.may(Permission.REPORT_READ, factories.waluku()["99.01.01"].key)
    assert not actor.may(Permission.REPORT_READ, factories.waluku()["99.01.02"].key)


def test_two_agencies_never_share_a_name() -> None:
    factories.agency("Polres Waluku", kind="polri")
    words = {"name": "polres waluku", "short_name": "Polres", "kind": "polri"}
    refused("agency_name_taken", actions.create_agency, **words, own=["99.01"], by=admin(), at=NOW)


def test_nobody_gets_a_post_at_a_closed_agency() -> None:
    office = factories.agency("FKUB Waluku", kind="fkub")
    actions.close_agency(office.pk, reason="digabung", by=admin(), at=NOW)
    refused("agency_closed", new_account, admin(), office)


# --- delegation


def lend(by: Account, holder: Account, deputy: Account, **values: Any) -> Delegation:
    facts: dict[str, Any] = {
        "kind": "plh",
        "starts": TODAY,
        "ends": FRIDAY,
        "reason": "Cuti tahunan",
    } | values
    post = Assignment.objects.filter(account=holder).order_by("pk")[0]
    return actions.delegate(
        post.pk, to_account_id=deputy.pk, by=people.actor(by), at=NOW, today=TODAY, **facts
    )


def test_a_head_on_leave_lends_his_role_until_friday_and_it_ends_by_itself() -> None:
    budi, ratna = people.kabid(), people.analis()
    lend(budi, budi, ratna)
    assert people.actor(ratna, on=FRIDAY).may(Permission.ALERT_APPROVE_SIAGA)
    assert not people.actor(ratna, on=FRIDAY + timedelta(days=1)).may(Permission.ALERT_APPROVE_SIAGA)
    assert last_entry().action == "account.role_delegated"


def test_an_administrator_may_lend_for_somebody_who_cannot() -> None:
    sekar, other = people.kasi_trantib(), people.kasi_trantib("99.01.02", name="Ningsih")
    lend(people.admin(), sekar, other)
    assert people.actor(other).may(Permission.REPORT_READ, factories.waluku()["99.01.01"].key)


def test_a_head_cannot_lend_somebody_else_s_role() -> None:
    refused("delegation_not_yours", lend, people.kabid(), people.piket(), people.analis())


def test_a_role_lent_to_somebody_cannot_be_lent_on() -> None:
    budi, ratna, jaka = people.kabid(), people.analis(), people.piket()
    lend(budi, budi, ratna)
    refused("delegation_not_yours", lend, ratna, budi, jaka)


def test_nobody_lends_to_himself() -> None:
    budi = people.kabid()
    refused("delegation_to_self", lend, budi, budi, budi)
    rangga, ratna = people.admin(), people.analis()
    refused("delegation_to_self", lend, rangga, ratna, rangga)


def test_separation_of_duties_holds_for_lent_roles_too() -> None:
    refused("roles_conflict", lend, people.kabid(), people.kabid(), people.wali_pelapor())


def test_a_delegation_has_an_end_within_ninety_two_days() -> None:
    budi, ratna = people.kabid(), people.analis()
    refused("delegation_too_long", lend, budi, budi, ratna, ends=TODAY + timedelta(days=92))
    lend(budi, budi, ratna, ends=TODAY + timedelta(days=91))


def test_a_delegation_says_why() -> None:
    budi = people.kabid()
    refused("reason_missing", lend, budi, budi, people.analis(), reason=" ")


def test_a_withdrawn_delegation_cannot_be_withdrawn_again() -> None:
    budi, ratna = people.kabid(), people.analis()
    row = lend(budi, budi, ratna)
    facts: dict[str, Any] = {"by": people.actor(budi), "at": NOW, "today": TODAY}
    actions.withdraw_delegation(row.pk, reason="kembali lebih awal", **facts)
    assert not people.actor(ratna).may(Permission.ALERT_APPROVE_SIAGA)
    refused("delegation_ended", actions.withdraw_delegation, row.pk, reason="lagi", **facts)
