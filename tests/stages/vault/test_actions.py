"""The narrow door: source numbers, sealed identities, forgetting; what a copy of the database tells."""

from __future__ import annotations

import threading
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from kentongan.audit.models import AuditEntry
from kentongan.edge.problems import Problem
from kentongan.edge.sealing import HolderKey
from kentongan.vault import actions as vault
from kentongan.vault import queries
from kentongan.vault.models import DisclosureHalf, DisclosureRequest, KeyHolder, Pseudonym, SealedIdentity
from tests.stages.vault.people import (
    INSPEKTORAT,
    KEYS,
    NOW,
    OMBUDSMAN,
    OTHER_REGENCY,
    WALUKU,
    agency,
    two_holders,
)

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
HOME, OTHER = WALUKU.low, OTHER_REGENCY.low
CONTACT = {"nama": "Sari Kusumawardani", "telepon": "0812-0000-0001"}


def sealed(*, until: date = TODAY + timedelta(days=90)) -> Any:
    return vault.seal_identity(CONTACT, HOME, on=TODAY, retention_until=until)


def code_of(call: Any) -> str:
    with pytest.raises(Problem) as caught:
        call()
    return caught.value.code


def test_one_person_has_one_number_in_a_kabupaten() -> None:
    first = vault.pseudonym_for(12, HOME, on=TODAY)
    assert first == vault.pseudonym_for(12, HOME, on=TODAY + timedelta(days=9))
    assert first.startswith("S-")
    assert queries.pseudonym_of(12, HOME) == first


def test_two_persons_never_share_a_number() -> None:
    labels = [vault.pseudonym_for(account, HOME, on=TODAY) for account in range(40)]
    assert len(set(labels)) == 40


def test_numbers_are_drawn_not_counted() -> None:
    assert vault.pseudonym_for(1, HOME, on=TODAY, choose=lambda free: free[13]) == "S-14"
    assert vault.pseudonym_for(2, HOME, on=TODAY, choose=lambda free: free[13]) == "S-15"


def test_numbers_of_two_kabupaten_cannot_be_joined() -> None:
    vault.pseudonym_for(12, HOME, on=TODAY)
    vault.pseudonym_for(12, OTHER, on=TODAY)
    assert len(set(Pseudonym.objects.values_list("account_tag", flat=True))) == 2
    assert set(queries.pseudonyms_of(12)) == {HOME, OTHER}
    assert queries.pseudonyms_of(13) == {}


def test_without_the_key_no_row_leads_to_an_account(settings: Any) -> None:
    vault.pseudonym_for(12, HOME, on=TODAY)
    settings.PSEUDONYM_KEY = bytes(32)
    assert queries.pseudonym_of(12, HOME) is None


def test_a_number_lasts_as_long_as_a_report_of_it_is_kept() -> None:
    vault.pseudonym_for(12, HOME, on=TODAY, keep_until=TODAY + timedelta(days=900))
    vault.pseudonym_for(12, HOME, on=TODAY)
    assert Pseudonym.objects.get().retention_until == TODAY + timedelta(days=900)


def test_a_forgotten_person_gets_another_number_and_the_old_one_stays_unused() -> None:
    old = vault.pseudonym_for(12, HOME, on=TODAY, choose=lambda free: free[0])
    assert vault.forget_pseudonym(12, HOME) is True
    assert vault.forget_pseudonym(12, HOME) is False
    new = vault.pseudonym_for(12, HOME, on=TODAY, choose=lambda free: free[0])
    assert (old, new) == ("S-01", "S-02")


def test_my_own_report_is_known_by_a_tag_that_names_nobody() -> None:
    tag = vault.own_report_tag(12, "31")
    assert tag == vault.own_report_tag(12, "31")
    assert tag not in {vault.own_report_tag(13, "31"), vault.own_report_tag(12, "32")}


def test_no_contact_is_taken_before_there_are_two_holders() -> None:
    assert queries.can_seal() is False
    assert code_of(sealed) == "vault.holders_missing"
    two_holders()
    assert queries.can_seal() is True
    assert isinstance(SealedIdentity.objects.get(pk=sealed()).sealed_on, date)


def test_the_two_keys_cannot_be_with_one_body() -> None:
    two_holders()
    same = agency(INSPEKTORAT)
    add = {"agency_id": same.pk, "body": same.name, "office": "Irban", "actor": "sistem:kunci", "at": NOW}
    assert (
        code_of(lambda: vault.add_holder("B", HolderKey.new().public, **add))
        == "vault.second_body_needed_for_key"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyHolder.objects.filter(slot="B").update(agency_id=same.pk)


def test_a_key_that_is_known_or_worthless_is_refused() -> None:
    two_holders()
    body = agency("Komnas HAM")
    add = {
        "agency_id": body.pk,
        "body": body.name,
        "office": "Sekretaris",
        "actor": "sistem:kunci",
        "at": NOW,
    }
    assert code_of(lambda: vault.add_holder("B", KEYS[OMBUDSMAN].public, **add)) == "vault.key_known"
    assert (
        code_of(lambda: vault.add_holder("B", KEYS[INSPEKTORAT].public, **add))
        == "vault.second_body_needed_for_key"
    )
    assert code_of(lambda: vault.add_holder("B", bytes(32), **add)) == "vault.key_unreadable"


def test_a_new_holder_takes_over_and_older_identities_keep_theirs() -> None:
    two_holders()
    before = SealedIdentity.objects.get(pk=sealed())
    body = agency("Komnas HAM")
    key = HolderKey.new()
    vault.add_holder(
        "B", key.public, agency_id=body.pk, body=body.name, office="Sekretaris", actor="x", at=NOW
    )
    after = SealedIdentity.objects.get(pk=sealed())
    names = [holder.body for row in (before, after) if (holder := queries.holder_for(row, "B"))]
    assert names == [OMBUDSMAN, "Komnas HAM"]
    assert [holder.until for holder in queries.holders()] == [None, None, TODAY]


def test_a_copy_of_the_database_holds_no_name_no_number_and_no_account() -> None:
    two_holders()
    identity = sealed()
    vault.pseudonym_for(48151623, HOME, on=TODAY)
    held = repr(dump_of_the_vault())
    for secret in ("Sari", "0812", "48151623", "telepon"):
        assert secret not in held
    assert identity.hex in held.replace("-", "")


def dump_of_the_vault() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("vault").get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            rows += [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()
            ]
    return rows


def test_nothing_about_a_reporter_carries_a_time_or_a_foreign_key() -> None:
    for model in (SealedIdentity, Pseudonym):
        kinds = {type(field) for field in model._meta.get_fields()}
        assert not kinds & {models.DateTimeField, models.TimeField, models.ForeignKey}
    foreign = [field for field in DisclosureHalf._meta.get_fields() if isinstance(field, models.ForeignKey)]
    assert [field.related_model for field in foreign] == [DisclosureRequest]


def test_taking_a_report_in_writes_nothing_to_the_audit_chain() -> None:
    two_holders()
    before = AuditEntry.objects.count()
    vault.pseudonym_for(12, HOME, on=TODAY)
    vault.forget_identity(sealed())
    assert AuditEntry.objects.count() == before


def test_an_identity_is_destroyed_at_once_when_its_reporter_asks() -> None:
    two_holders()
    identity = sealed()
    assert vault.forget_identity(identity) is True
    assert vault.forget_identity(identity) is False
    assert SealedIdentity.objects.count() == 0


def test_an_identity_follows_the_retention_of_its_report() -> None:
    two_holders()
    identity = sealed()
    vault.keep_identity_until(identity, TODAY)
    assert SealedIdentity.objects.get().retention_until == TODAY
    vault.forget_identity(identity)
    assert code_of(lambda: vault.keep_identity_until(identity, TODAY)) == "vault.identity_gone"


def test_the_purge_destroys_what_is_past_its_day_and_says_how_much() -> None:
    two_holders()
    kept, gone = sealed(until=TODAY), sealed(until=TODAY - timedelta(days=1))
    vault.pseudonym_for(1, HOME, on=TODAY - timedelta(days=91))
    vault.pseudonym_for(2, HOME, on=TODAY)
    purged = vault.purge_due(TODAY, at=NOW)
    assert (purged.identities, purged.pseudonyms) == (1, 1)
    assert set(SealedIdentity.objects.values_list("pk", flat=True)) == {kept}
    assert gone != kept
    assert queries.pseudonym_of(1, HOME) is None
    assert queries.pseudonym_of(2, HOME) is not None
    entry = AuditEntry.objects.get(action="vault.purged")
    assert entry.detail == {"identities": 1, "pseudonyms": 1, "shares": 0}


@pytest.mark.django_db(transaction=True)
def test_two_first_reports_at_once_get_one_number_for_one_person() -> None:
    together = threading.Barrier(4)
    labels: list[str] = []

    def report(account: int) -> None:
        together.wait(10)
        labels.append(vault.pseudonym_for(account, HOME, on=TODAY))
        connection.close()

    threads = [threading.Thread(target=report, args=(account,)) for account in (1, 1, 2, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(labels) == 4
    assert len(set(labels)) == 2


def test_the_day_is_all_that_is_kept_even_when_a_moment_is_given() -> None:
    two_holders()
    vault.seal_identity(CONTACT, HOME, on=datetime.combine(TODAY, time(3, 4)), retention_until=TODAY)
    stored = SealedIdentity.objects.get().sealed_on
    assert not isinstance(stored, datetime)
