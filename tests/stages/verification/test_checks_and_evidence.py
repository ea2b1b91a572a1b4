"""Lines of the checklist with who and when; evidence with its hash; an answer from the spot settles neither."""

from __future__ import annotations

import hashlib

import pytest

from kentongan.audit.models import AuditEntry
from kentongan.intake.models import Report
from kentongan.policy import policy_on
from kentongan.verification.actions import NewEvidence, add_evidence, set_check
from kentongan.verification.models import Check, Evidence
from kentongan.verification.queries import evidence_of, lines_of, newest_report_of, photos_of
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused
from tests.stages.verification.checking import photo_of, sekar, statement, stored

pytestmark = pytest.mark.django_db


def line(event: object, item: str) -> object:
    return next(each for each in lines_of(event, on=NOW.date()) if each.item == item)  # type: ignore[arg-type]


def test_the_lines_follow_the_type_of_the_event() -> None:
    event = world.event(type_code="KEL.02")
    expected = policy_on(NOW.date()).checklist_of("KEL.02")
    assert [(each.item, each.required) for each in lines_of(event, on=NOW.date())] == list(expected)
    assert {each.status for each in lines_of(event, on=NOW.date())} == {"open"}


def test_a_line_keeps_who_when_and_what_was_found() -> None:
    event, who = world.event(), world.ratna()
    set_check(event.pk, item="tempat", status="proven", finding="Foto, Kades.", by=who, at=NOW)
    row = Check.objects.get(event=event)
    assert (row.item, row.status, row.finding) == ("tempat", "proven", "Foto, Kades.")
    assert (row.checked_by, row.checked_at) == (who.audit_name, NOW)
    assert stored(event).verification == "in_progress"


def test_the_chain_keeps_every_word_on_a_line_though_the_line_shows_the_newest() -> None:
    event, who = world.event(), world.ratna()
    set_check(event.pk, item="tempat", status="proven", finding="Foto.", by=who, at=NOW)
    set_check(event.pk, item="tempat", status="contradicted", finding="Foto lama.", by=who, at=NOW + HOUR)
    entries = AuditEntry.objects.filter(action="check.set").order_by("seq")
    assert Check.objects.count() == 1
    assert [(entry.reason, entry.detail["status"]) for entry in entries] == [
        ("Foto.", "proven"),
        ("Foto lama.", "contradicted"),
    ]


def test_identifiers_in_a_finding_are_masked() -> None:
    event, who = world.event(), world.ratna()
    set_check(event.pk, item="tempat", status="proven", finding="Kata ketua 0812-3456-7890.", by=who, at=NOW)
    assert Check.objects.get().finding == "Kata ketua [telepon]."
    assert "7890" not in AuditEntry.objects.latest("seq").reason


@pytest.mark.parametrize(
    ("item", "status", "finding", "code"),
    [
        ("cuaca", "proven", "Dilihat.", "verification.item_unknown"),
        ("tempat", "benar", "Dilihat.", "verification.check_status_unknown"),
        ("tempat", "cannot", "", "verification.finding_missing"),
    ],
)
def test_a_line_that_says_nothing_is_refused(item: str, status: str, finding: str, code: str) -> None:
    event, who = world.event(), world.ratna()
    with refused(code):
        set_check(event.pk, item=item, status=status, finding=finding, by=who, at=NOW)


def test_the_kecamatan_checks_in_its_own_area_and_no_other() -> None:
    near, far, who = world.event(), world.event(area=world.OTHER_VILLAGE), sekar()
    set_check(near.pk, item="tempat", status="proven", finding="Dilihat.", by=who, at=NOW)
    with refused("accounts.outside_area"):
        set_check(far.pk, item="tempat", status="proven", finding="Dilihat.", by=who, at=NOW)


def test_a_line_written_after_the_verdict_opens_the_event_again() -> None:
    event = world.event(verdict="verified")
    set_check(event.pk, item="jumlah", status="proven", finding="40 orang.", by=world.ratna(), at=NOW + HOUR)
    assert stored(event).verification == "in_progress"
    assert AuditEntry.objects.latest("seq").detail["opened_from"] == "verified"


def test_what_was_checked_under_another_type_stays_readable_and_blocks_nothing() -> None:
    event = world.event(type_code="KEL.02")
    set_check(event.pk, item="senjata", status="cannot", finding="Malam.", by=world.ratna(), at=NOW)
    event.type_code = "POL.01"
    kept = lines_of(event, on=NOW.date())[-1]
    assert (kept.item, kept.required, kept.finding) == ("senjata", False, "Malam.")


# --- evidence


@pytest.mark.parametrize("kind", ["statement", "document", "link"])
def test_words_are_kept_with_the_hash_of_the_words(kind: str) -> None:
    event, who = world.event(), world.ratna()
    added = add_evidence(
        event.pk, statement(kind=kind, text="https://contoh.id/kabar", item="tempat"), by=who, at=NOW
    )
    assert added.sha256 == hashlib.sha256(b"https://contoh.id/kabar").hexdigest()
    assert (added.added_by, added.added_at, added.item) == (who.audit_name, NOW, "tempat")
    assert AuditEntry.objects.latest("seq").detail["sha256"] == added.sha256


def test_the_hash_is_that_of_the_words_as_they_are_kept() -> None:
    added = add_evidence(
        world.event().pk, statement(text="Telepon 0812-3456-7890."), by=world.ratna(), at=NOW
    )
    assert added.text == "Telepon [telepon]."
    assert added.sha256 == hashlib.sha256(added.text.encode()).hexdigest()


def test_a_photo_of_a_linked_report_is_pointed_to_by_its_own_hash() -> None:
    report = world.report()
    photo = photo_of(report)
    event = world.event(reports=(report.pk,))
    piece = NewEvidence("photo", "Tugu dicoret putih.", "Sumber S-14", photo=photo.pk)
    added = add_evidence(event.pk, piece, by=world.ratna(), at=NOW)
    assert (added.photo, added.sha256) == (photo.pk, photo.shown_sha256)
    assert list(photos_of([report])[report.pk]) == [photo]


def test_a_photo_of_another_report_or_one_that_is_not_ready_is_no_evidence() -> None:
    report, elsewhere, who = world.report(), world.report("Lain."), world.ratna()
    waiting = photo_of(report, state="waiting", shown="", small="", width=None, height=None)
    strange = photo_of(elsewhere)
    event = world.event(reports=(report.pk,))
    for number in (waiting.pk, strange.pk, 990_001):
        with refused("verification.photo_unknown"):
            add_evidence(event.pk, NewEvidence("photo", "Tugu.", "S-14", photo=number), by=who, at=NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "rumor"}, "verification.evidence_kind_unknown"),
        ({"text": "  "}, "verification.evidence_empty"),
        ({"text": "a" * 2001}, "verification.evidence_too_long"),
        ({"origin": ""}, "verification.evidence_origin_missing"),
        ({"item": "cuaca"}, "verification.item_unknown"),
        ({"kind": "photo"}, "verification.evidence_photo_missing"),
        ({"photo": 1}, "verification.evidence_photo_missing"),
    ],
)
def test_evidence_that_proves_nothing_is_refused(changes: dict[str, object], code: str) -> None:
    event, who = world.event(), world.ratna()
    with refused(code):
        add_evidence(event.pk, statement(**changes), by=who, at=NOW)


def test_evidence_is_only_ever_added() -> None:
    event, who = world.event(), world.ratna()
    for text in ("Pertama.", "Kedua."):
        add_evidence(event.pk, statement(text=text), by=who, at=NOW)
    assert [piece.text for piece in evidence_of(event)] == ["Pertama.", "Kedua."]
    assert Evidence.objects.count() == 2


def test_the_newest_report_is_the_newest_that_the_reader_may_see() -> None:
    early, late = world.report(), world.report("Tentang kantor desa.", accused="desa", at=NOW + HOUR)
    taken_back = world.report("Salah kirim.", at=NOW + 2 * HOUR)
    event = world.event(reports=(early.pk, late.pk, taken_back.pk))
    Report.rows.filter(pk=taken_back.pk).update(state="withdrawn")
    scopes = [who.scope_for("report.read") for who in (world.ratna(), sekar())]  # type: ignore[arg-type]
    assert [newest_report_of(event, scope) for scope in scopes] == [NOW + HOUR, NOW]
