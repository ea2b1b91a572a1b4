"""Opening an identity in a browser's steps: two bodies, one look, and everybody who must not get through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kentongan.accounts.models import Account, AgencyKind
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.audit.models import AuditEntry
from kentongan.edge.clocks import machine_now
from kentongan.edge.sealing import HolderKey
from kentongan.intake import disclosure
from kentongan.intake.actions import Sender, receive_report
from kentongan.intake.decisions import Draft
from kentongan.intake.models import Report
from kentongan.places.keys import key_of
from kentongan.vault import actions as vault
from kentongan.vault import paper
from kentongan.vault.models import DisclosureHalf, DisclosureRequest, SealedIdentity
from kentongan.web.views import disclosure as pages
from tests import factories, people

pytestmark = pytest.mark.django_db

HUKUM, OMBUDSMAN = "Bagian Hukum Kabupaten Waluku", "Ombudsman Perwakilan Bimasakti Raya"
CONTACT = {"nama": "Melati Kusumawardani", "telepon": "0812-0000-0001"}
GROUNDS = {"legal_basis": "Penetapan Ketua PN Waluku 12/2026", "reason": "Ancaman nyata terhadap pelapor."}
SOURCE = "S-14"


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@dataclass
class Office:
    """Everybody who takes part, signed in, each with a browser of its own; `seen` is every page they were given."""

    keys: dict[str, HolderKey]
    clients: dict[str, Client] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    seen: list[Any] = field(default_factory=list)

    def enter(self, name: str, account: Account) -> None:
        self.accounts[name] = account
        self.clients[name] = people.sign_in(Client(), account)

    def get(self, who: str, page: str, *args: Any, **query: Any) -> Any:
        return self._kept(self.clients[who].get(reverse(page, args=args), query))

    def post(self, who: str, page: str, *args: Any, query: str = "", **data: Any) -> Any:
        return self._kept(self.clients[who].post(reverse(page, args=args) + query, data))

    def _kept(self, answer: Any) -> Any:
        self.seen.append(answer)
        return answer

    def ask(self, report: Report, who: str = "ratna", **changes: str) -> Any:
        return self.post(who, "disclosure_ask", query=f"?laporan={report.pk}", **GROUNDS | changes)

    def asked(self, report: Report) -> int:
        assert self.ask(report).status_code == 302
        return int(DisclosureRequest.objects.latest("pk").pk)

    def half(self, who: str, body: str, number: int) -> str:
        """What the holder does at home: the file from the page and the sheet from the safe give one line."""
        taken = self.post(who, "disclosure_file", number)
        assert taken.status_code == 200, text(taken)
        file = disclosure.read_holder_file(taken.content.decode())
        return disclosure.open_half_from_sheet(file, "\n".join(paper.sheet_lines(self.keys[body].private)))

    def give(self, who: str, body: str, number: int) -> Any:
        return self.post(who, "disclosure_give", number, half=self.half(who, body, number))

    def both_agree(self, number: int) -> None:
        assert self.give("nastiti", HUKUM, number).status_code == 302
        assert self.give("wening", OMBUDSMAN, number).status_code == 302

    def look(self, number: int, who: str = "ratna", **changes: str) -> Any:
        return self.post(who, "disclosure_show", number, **{"ready": "on"} | changes)


@pytest.fixture
def office() -> Office:
    """Ratna asks, Nastiti and Wening hold a key each, Hesti watches."""
    keys = {HUKUM: HolderKey.new(), OMBUDSMAN: HolderKey.new()}
    hukum = factories.agency(HUKUM, kind=AgencyKind.PIMPINAN)
    ombudsman = factories.agency(OMBUDSMAN, kind=AgencyKind.PENGAWAS, own=("99",))
    for slot, body in (("A", hukum), ("B", ombudsman)):
        vault.add_holder(
            "A" if slot == "A" else "B", keys[body.name].public,
            agency_id=body.pk, body=body.name, office="Kepala", actor="sistem:kunci", at=machine_now(),
        )  # fmt: skip
    made = Office(keys)
    made.enter("ratna", people.analis())
    made.enter("nastiti", people.wali_pelapor(agency=hukum, name="Nastiti"))
    made.enter("wening", people.wali_pelapor(agency=ombudsman, name="Wening"))
    made.enter("hesti", people.pengawas())
    return made


def a_report(*, identity: bool = True, source: str = SOURCE) -> Report:
    """A report from Tegalwuku, with or without a sealed contact."""
    draft = Draft(uuid4(), "form", "Tugu di perempatan dicoret.", area=key_of("99.01.01"))
    contact = CONTACT if identity else None
    sender = Sender(source, source)
    report, _receipt = receive_report(draft, sender=sender, desk=None, at=machine_now(), contact=contact)
    return report


@pytest.fixture
def report() -> Report:
    return a_report()


def hours_later(monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    moment = machine_now() + timedelta(hours=hours)
    monkeypatch.setattr("kentongan.web.routing.domain_now", lambda: moment)


def chained(number: int) -> list[str]:
    return list(
        AuditEntry.objects.filter(subject=f"disclosure:{number}")
        .order_by("seq")
        .values_list("action", flat=True)
    )


# --- the whole path


def test_two_bodies_open_an_identity_and_the_asker_sees_it_once(office: Office, report: Report) -> None:
    number = office.asked(report)
    assert "menunggu dua lembaga" in text(office.get("ratna", "disclosure", number))
    office.both_agree(number)
    assert "Tampilkan sekarang" in text(office.get("ratna", "disclosure", number))

    shown = office.look(number)

    assert shown.status_code == 200
    for value in CONTACT.values():
        assert value in text(shown)
    again = office.look(number)
    assert again.status_code == 422
    assert "sudah ditampilkan sekali" in text(again)
    assert "Sudah ditampilkan." in text(office.get("ratna", "disclosure", number))


def test_the_identity_stands_in_the_one_answer_and_on_no_other_page(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    shown = office.look(number)
    office.look(number)
    for who, listing, one in (
        ("ratna", "disclosures", "disclosure"),
        ("nastiti", "disclosures_held", "disclosure_held"),
        ("hesti", "disclosures_overseen", "disclosure_overseen"),
    ):
        assert office.get(who, listing).status_code == 200
        assert office.get(who, one, number).status_code == 200
    office.get("ratna", "report", report.pk)
    office.get("hesti", "audit_all")

    sealed = SealedIdentity.objects.get()
    for answer in office.seen:
        page = answer.content.decode()
        if answer is not shown:
            assert not any(value in page for value in CONTACT.values()), answer.request["PATH_INFO"]
        if not answer.request["PATH_INFO"].endswith("/berkas/"):
            assert str(sealed.pk) not in page


def test_the_look_is_marked_timed_and_kept_by_no_browser(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    shown = office.look(number)
    page = shown.content.decode()
    assert f"Ratna · akun:{office.accounts['ratna'].pk} · " in page
    assert f"permintaan {number}" in page
    assert 'data-hide-after="900"' in page
    assert "no-store" in shown["Cache-Control"]
    assert shown["Refresh"] == f"900; url={reverse('disclosure', args=[number])}"


def test_opened_by_its_address_the_look_leads_back_to_the_request(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    answer = office.get("ratna", "disclosure_show", number)
    assert answer["Location"] == reverse("disclosure", args=[number])
    assert DisclosureRequest.objects.get().state == "ready"


def test_the_look_is_not_spent_before_the_asker_says_to_be_ready(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    answer = office.look(number, ready="")
    assert answer.status_code == 422
    assert "Centang bila Anda siap" in text(answer)
    assert DisclosureRequest.objects.get().state == "ready"


def test_every_step_leaves_its_row_in_the_chain(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    office.look(number)
    assert chained(number) == [
        "disclosure.requested",
        "disclosure.file_taken",
        "disclosure.half_given",
        "disclosure.file_taken",
        "disclosure.half_given",
        "disclosure.shown",
    ]


# --- asking


def test_the_page_says_what_will_happen_before_anybody_asks(office: Office, report: Report) -> None:
    page = text(office.get("ratna", "disclosure_ask", laporan=report.pk))
    for words in ("Dua orang dari dua lembaga", "Pengawas melihat", "Pelapor diberi tahu", "darurat pun"):
        assert words in page


def test_a_report_without_identity_says_so_and_offers_no_form(office: Office) -> None:
    plain = a_report(identity=False)
    page = office.get("ratna", "disclosure_ask", laporan=plain.pk)
    assert f"LP-{plain.pk} tidak menyimpan identitas" in text(page)
    assert "legal_basis" not in page.content.decode()
    assert office.ask(plain).status_code == 409
    assert not DisclosureRequest.objects.exists()


def test_a_reporter_without_account_is_called_by_the_report(office: Office) -> None:
    public = a_report(source="publik")
    assert f"identitas pelapor LP-{public.pk}" in text(
        office.get("ratna", "disclosure_ask", laporan=public.pk)
    )
    number = office.asked(public)
    assert f"identitas pelapor LP-{public.pk}" in text(office.get("nastiti", "disclosure_held", number))


def test_an_identity_that_was_destroyed_is_told_so_on_the_form(office: Office, report: Report) -> None:
    SealedIdentity.objects.all().delete()
    answer = office.ask(report)
    assert answer.status_code == 422
    assert "sudah dimusnahkan" in text(answer)
    assert GROUNDS["reason"] in text(answer)


@pytest.mark.parametrize("missing", ["legal_basis", "reason"])
def test_grounds_left_empty_are_asked_for(office: Office, report: Report, missing: str) -> None:
    answer = office.ask(report, **{missing: "  "})
    assert answer.status_code == 422
    assert f'href="#id_{missing}"' in answer.content.decode()
    assert not DisclosureRequest.objects.exists()


def test_a_request_that_still_runs_is_pointed_out(office: Office, report: Report) -> None:
    number = office.asked(report)
    page = text(office.get("ratna", "disclosure_ask", laporan=report.pk))
    assert f"Permintaan {number} untuk laporan ini masih berjalan" in page


@pytest.mark.parametrize("typed", ["", "abc", "-1", "9" * 40, "990001"])
def test_a_report_that_cannot_be_found_is_told_plainly(office: Office, typed: str) -> None:
    assert office.get("ratna", "disclosure_ask", laporan=typed).status_code == 404


def test_a_report_of_another_kabupaten_is_not_even_there(office: Office, report: Report) -> None:
    office.enter("gilang", people.analis("99.02", name="Gilang"))
    assert office.get("gilang", "disclosure_ask", laporan=report.pk).status_code == 404
    assert office.ask(report, "gilang").status_code == 404


# --- what must not open it


def test_one_body_alone_opens_nothing(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.give("nastiti", HUKUM, number)
    answer = office.look(number)
    assert answer.status_code == 422
    assert "masih menunggu separuh kunci" in text(answer)
    assert (
        "menunggu satu orang dari lembaga yang lain"
        in text(office.get("ratna", "disclosure", number)).lower()
    )


def test_one_person_cannot_give_both_halves(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.give("nastiti", HUKUM, number)
    other = office.half("wening", OMBUDSMAN, number)
    answer = office.post("nastiti", "disclosure_give", number, half=other)
    assert answer.status_code == 403
    assert "Separuh lain dari orang lain" in text(answer)
    assert DisclosureRequest.objects.get().state == "one_half"


def test_two_persons_of_one_body_cannot_open_it_even_with_the_other_half(
    office: Office, report: Report
) -> None:
    office.enter("sasi", people.wali_pelapor(agency=factories.agency(HUKUM), name="Sasi"))
    number = office.asked(report)
    office.give("nastiti", HUKUM, number)
    other = office.half("wening", OMBUDSMAN, number)
    answer = office.post("sasi", "disclosure_give", number, half=other)
    assert answer.status_code == 403
    assert "Separuh lain dari lembaga lain" in text(answer)
    assert office.look(number).status_code == 422


def test_who_asks_cannot_also_hold(office: Office, report: Report) -> None:
    # The separation of roles forbids both posts; here they are written past it, and the pages still hold.
    people.post(office.accounts["ratna"], "wali_pelapor", factories.agency(HUKUM))
    people.sign_in(office.clients["ratna"], office.accounts["ratna"])
    number = office.asked(report)
    half = office.half("nastiti", HUKUM, number)
    assert office.get("ratna", "disclosure_held", number).status_code == 404
    assert office.post("ratna", "disclosure_give", number, half=half).status_code == 404
    assert not DisclosureHalf.objects.exists()


def test_a_guardian_of_a_body_without_key_finds_no_request(office: Office, report: Report) -> None:
    office.enter("panji", people.wali_pelapor())
    number = office.asked(report)
    assert "Tidak ada permintaan" in text(office.get("panji", "disclosures_held"))
    assert office.get("panji", "disclosure_held", number).status_code == 404
    assert office.post("panji", "disclosure_file", number).status_code == 404


def test_a_colleague_of_the_asker_sees_neither_request_nor_identity(office: Office, report: Report) -> None:
    office.enter("budi", people.kabid())
    number = office.asked(report)
    office.both_agree(number)
    assert "Belum ada permintaan Anda" in text(office.get("budi", "disclosures"))
    assert office.get("budi", "disclosure", number).status_code == 404
    assert office.look(number, "budi").status_code == 404
    assert DisclosureRequest.objects.get().state == "ready"


def test_a_request_nobody_answered_expires(
    office: Office, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.asked(report)
    half = office.half("nastiti", HUKUM, number)
    hours_later(monkeypatch, 73)
    answer = office.post("nastiti", "disclosure_give", number, half=half)
    assert answer.status_code == 422
    assert "sudah berakhir" in text(answer)
    assert "kedaluwarsa" in text(office.get("ratna", "disclosures"))
    assert office.post("nastiti", "disclosure_file", number).status_code == 409


def test_two_halves_nobody_used_expire_after_a_day(
    office: Office, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.asked(report)
    office.both_agree(number)
    hours_later(monkeypatch, 25)
    answer = office.look(number)
    assert answer.status_code == 422
    assert "sudah berakhir" in text(answer)
    assert CONTACT["nama"] not in text(answer)


def test_a_refusal_ends_the_request_with_its_reason(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.give("nastiti", HUKUM, number)
    silent = office.post("wening", "disclosure_refuse", number, reason=" ")
    assert silent.status_code == 422
    assert "perlu alasan" in text(silent)
    office.post("wening", "disclosure_refuse", number, reason="Penetapan sudah dicabut.")
    for who, page in (
        ("ratna", "disclosure"),
        ("nastiti", "disclosure_held"),
        ("hesti", "disclosure_overseen"),
    ):
        assert "Penetapan sudah dicabut." in text(office.get(who, page, number))
    assert office.look(number).status_code == 422
    assert chained(number)[-1] == "disclosure.refused"


# --- the holder's page


def test_the_holder_page_shows_the_grounds_and_the_command_to_run(office: Office, report: Report) -> None:
    number = office.asked(report)
    page = text(office.get("nastiti", "disclosure_held", number))
    for words in (
        *GROUNDS.values(),
        SOURCE,
        f"open-half --request {number} --sealed permintaan-{number}.json",
    ):
        assert words in page


def test_the_file_is_a_download_with_grounds_and_locked_shares(office: Office, report: Report) -> None:
    number = office.asked(report)
    answer = office.post("nastiti", "disclosure_file", number)
    assert answer["Content-Disposition"] == f'attachment; filename="permintaan-{number}.json"'
    assert json.loads(answer.content)["slot"] == "A"
    assert office.get("nastiti", "disclosure_file", number).status_code == 405


WRONG_HALVES: dict[str, tuple[Callable[[str], str], str]] = {
    "cut": (lambda half: half[:-3], "salah ketik atau terpotong"),
    "no half at all": (lambda _half: "bukan kunci", "salah ketik atau terpotong"),
    "other slot": (lambda half: half.replace("A:", "B:", 1), "bukan untuk permintaan"),
    "empty": (lambda _half: " ", "Isi separuh kunci"),
}


@pytest.mark.parametrize(("spoil", "sentence"), WRONG_HALVES.values(), ids=WRONG_HALVES)
def test_a_wrong_half_is_told_so_and_nothing_is_lost(
    office: Office, report: Report, spoil: Callable[[str], str], sentence: str
) -> None:
    number = office.asked(report)
    half = office.half("nastiti", HUKUM, number)
    before = chained(number)
    answer = office.post("nastiti", "disclosure_give", number, half=spoil(half))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert spoil(half).strip() in text(answer)
    assert (DisclosureHalf.objects.count(), chained(number)) == (0, before)
    assert office.post("nastiti", "disclosure_give", number, half=half).status_code == 302


def test_the_half_of_another_request_does_not_fit(office: Office, report: Report) -> None:
    other = office.half("nastiti", HUKUM, office.asked(a_report()))
    number = office.asked(report)
    answer = office.post("nastiti", "disclosure_give", number, half=other)
    assert f"bukan untuk permintaan {number}" in text(answer)


def test_who_gave_a_half_is_thanked_and_asked_for_no_second_one(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.give("nastiti", HUKUM, number)
    page = office.get("nastiti", "disclosure_held", number)
    assert "sudah tersimpan" in text(page)
    assert 'name="half"' not in page.content.decode()


# --- the reporter is told


def test_the_reporter_is_told_today_unless_a_reason_is_recorded(office: Office, report: Report) -> None:
    number = office.asked(report)
    office.both_agree(number)
    later = (machine_now() + timedelta(days=14)).date()
    refused = office.look(number, delay_until=later.isoformat())
    assert refused.status_code == 422
    assert "tidak dapat ditunda" in text(refused)
    unclear = office.look(number, delay_reason="Tim masih di lokasi.")
    assert "Isi tanggalnya" in text(unclear)
    office.look(number, delay_until=later.isoformat(), delay_reason="Tim masih di lokasi.")
    assert disclosure.notices_for(f"report:{report.pk}", on=machine_now().date()) == []
    assert len(disclosure.notices_for(f"report:{report.pk}", on=later)) == 1
    assert "Ditunda: “Tim masih di lokasi.”" in text(office.get("hesti", "disclosure_overseen", number))


# --- the overseer


def test_the_overseer_sees_grounds_bodies_and_times_but_nothing_of_the_identity(
    office: Office, report: Report
) -> None:
    number = office.asked(report)
    office.both_agree(number)
    office.look(number)
    listing, one = (
        office.get("hesti", "disclosures_overseen"),
        office.get("hesti", "disclosure_overseen", number),
    )
    for page in (text(listing), text(one)):
        for words in (*GROUNDS.values(), HUKUM, OMBUDSMAN, "Ratna", "Nastiti", "Wening", SOURCE):
            assert words in page
        assert "sudah ditampilkan" in page
        assert not any(value in page for value in CONTACT.values())
    assert "Melihat identitas pelapor, satu kali" in text(one)


def test_the_overseer_of_another_kabupaten_sees_no_request(office: Office, report: Report) -> None:
    office.enter("tirta", people.pengawas("99.02", name="Tirta"))
    number = office.asked(report)
    assert "Belum pernah ada permintaan" in text(office.get("tirta", "disclosures_overseen"))
    assert office.get("tirta", "disclosure_overseen", number).status_code == 404


# --- who reaches which door


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_opens_exactly_the_doors_its_permissions_name(client: Client, role: str) -> None:
    people.sign_in(client, people.person(role))
    for route in pages.ROUTES:
        need = route.callback.declared.need  # type: ignore[attr-defined]
        assert isinstance(need, Permission)
        values = [990_001] if route.pattern.converters else []
        for method in route.callback.declared.methods:  # type: ignore[attr-defined]
            answer = client.generic(method, reverse(route.name or "", args=values))
            assert (answer.status_code == 403) is (need not in ROLES[role].permissions), (route.name, method)


def test_nobody_sees_a_page_without_signing_in(client: Client) -> None:
    for name in ("disclosures", "disclosures_held", "disclosures_overseen", "disclosure_ask"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
