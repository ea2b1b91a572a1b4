"""The pages of the main chain: who sees them, what they say, what a refused form keeps, how many questions they ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kentongan.accounts.models import Account, Agency, AgencyKind
from kentongan.accounts.roles import ROLES
from kentongan.alerts.actions import acknowledge_alert, approve_alert, propose_alert
from kentongan.alerts.decisions import Proposal
from kentongan.documents.actions import issue_daily_report
from kentongan.edge.clocks import machine_now
from kentongan.events.actions import create_event
from kentongan.events.decisions import EventFacts
from kentongan.intake.actions import Sender, keep_suggestions, receive_report
from kentongan.intake.decisions import Draft, Guess
from kentongan.policy import policy_on
from kentongan.response.actions import accept_task, assign_task
from kentongan.response.decisions import Assignment
from kentongan.verification.actions import verify_event
from kentongan.verification.decisions import Conclusion
from kentongan.web.wording import date_words, greeting
from tests import factories, people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
UNVERIFIED = "BELUM TERVERIFIKASI"
DISCLAIMER = "bukan penetapan status keadaan konflik"
# Most questions to the database that a page of one screen may ask, session and rights included.
MOST_QUERIES = 60

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """Each test begins in Indonesian and leaves no language behind."""
    with override("id"):
        yield


@dataclass
class Chain:
    """A report, an event made of it, an alert in force and a task, with the people around them."""

    now: datetime
    desk: Agency
    polres: Agency
    ratna: Account
    alya: Account
    report: Any
    event: Any
    alert: Any
    task: Any


def enter(account: Account) -> Client:
    """A browser in which the account has signed in, its second factor set up."""
    people.with_second_factor(account)
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def send_report(text: str = "Ada ancaman di simpang dusun.", *, at: datetime, desk: Agency, title: str = "") -> Any:
    draft = Draft(uuid4(), "desk", text, title)
    return receive_report(draft, sender=Sender("S-14", "S-14"), desk=desk.pk, at=at)[0]


def facts(area: str = "99.01.01", **values: Any) -> EventFacts:
    given = {
        "kind": "potential", "type_code": next(iter(policy_on(date(2026, 11, 1)).event_types)), "forms": ("F02",),
        "area": factories.waluku()[area].key, "place_precision": 3, "happens_on": date(2026, 11, 14), "time_precision": 1,
        "summary": "Ajakan konvoi beredar.",
    }  # fmt: skip
    return EventFacts(**given | values)


def make_event(by: Account, desk: Agency, *, at: datetime, reports: tuple[int, ...] = (), **values: Any) -> Any:
    return create_event(facts(**values), owner=desk.pk, reports=reports, by=people.actor(by), at=at)


def proposal(owner: Agency, *recipients: Agency, level: int = 1) -> Proposal:
    return Proposal(
        level=level, message="Potensi bentrok Sabtu malam.", reason="Pola sama.", owner=owner.pk,
        first_action="Pisah rute", playbook="Dialog", least_intrusive="Dialog", rights_affected="tidak ada", hours=24,
        recipients=tuple(agency.pk for agency in recipients),
    )  # fmt: skip


@pytest.fixture
def chain() -> Chain:
    now = machine_now()
    factories.waluku()
    desk = factories.agency("Kesbangpol Waluku")
    polres = factories.agency("Polres Waluku", kind=AgencyKind.POLRI)
    ratna, alya = people.analis(agency=desk), people.anggota_timdu(agency=polres)
    ratna_acts = people.actor(ratna)
    report = send_report(at=now - timedelta(hours=3), desk=desk, title="Kabar konvoi")
    event = make_event(ratna, desk, at=now - timedelta(hours=2), reports=(report.pk,))
    alert = propose_alert(event.pk, proposal(desk, polres), by=ratna_acts, at=now - timedelta(hours=1))
    approve_alert(alert.pk, by=ratna_acts, at=now - timedelta(minutes=59))
    task = assign_task(
        event.pk, Assignment("Pisah rute rombongan", 3, polres.pk, now + timedelta(hours=4)), by=ratna_acts, at=now
    )
    return Chain(now, desk, polres, ratna, alya, report, event, alert, task)


def text_of(client: Client, name: str, *args: Any, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return str(answer.content.decode())


# --- home -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(ROLES))
def test_home_names_the_duties_of_every_role(role: str) -> None:
    page = text_of(enter(people.person(role)), "home")

    assert "Tugas saya" in page
    assert all(duty in page for duty in ROLES[role].duties["id"])


def test_home_shows_an_addressed_alert_with_the_one_button_that_answers_it(chain: Chain) -> None:
    client = enter(chain.alya)
    page = text_of(client, "home")
    client.post(reverse("alert_acknowledge", args=[chain.alert.pk]))

    assert "1 peringatan menunggu Anda terima" in page
    assert page.count("Saya terima") == 1
    assert "Tidak ada peringatan yang menunggu Anda terima." in text_of(client, "home")


def test_home_lists_own_tasks_with_their_deadline(chain: Chain) -> None:
    page = text_of(enter(chain.alya), "home")

    assert chain.task.number in page
    assert "tenggat" in page


def test_home_marks_an_event_as_unverified_and_says_what_comes_next(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "home")

    assert UNVERIFIED in page
    assert "Tunggu 1 penerima" in page


def test_every_figure_of_home_opens_to_as_many_rows(chain: Chain) -> None:
    client = enter(chain.ratna)
    figures = client.get(reverse("home")).context["figures"]

    for figure in figures:
        shown = client.get(figure.url).context
        rows = shown["page"].paginator.count if "page" in shown else len(shown["proposed"]) + len(shown["in_force"])
        assert rows == figure.value, figure.label


def test_home_counts_no_unverified_events_for_a_role_that_may_not_see_them(chain: Chain) -> None:
    page = text_of(enter(people.pimpinan()), "home")

    assert "Belum terverifikasi" not in page


# --- inbox and report -----------------------------------------------------------------------------------------


def test_inbox_shows_guesses_with_a_question_mark_and_flags_as_words(chain: Chain) -> None:
    report = send_report("Teks berulang.", at=chain.now, desk=chain.desk, title="Kabar kedua")
    guesses = [
        Guess("place", {"code": "99.01.01", "name": "Kec. Tegalwuku", "alternatives": []}),
        Guess("flags", ["isi_ganda", "teks_bermutu_rendah"]),
    ]
    keep_suggestions(report.pk, guesses, at=chain.now, by=people.actor(chain.ratna))
    page = text_of(enter(chain.ratna), "reports")

    assert UNVERIFIED in page
    assert "Kec. Tegalwuku?" in page
    assert "isi ganda" in page
    assert "teks bermutu rendah" in page


def test_an_empty_inbox_says_when_the_last_report_came(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "reports")

    assert "Kotak masuk bersih" in page
    assert "Laporan terakhir masuk" in page


def test_a_report_shows_both_readings_of_a_date_and_chooses_none(chain: Chain) -> None:
    report = send_report("Kejadian 2/12/2024.", at=chain.now, desk=chain.desk)
    date_guess = {"text": "2/12/2024", "alternatives": ["2024-12-02", "2024-02-12"], "ambiguous": True}
    keep_suggestions(report.pk, [Guess("dates", [date_guess])], at=chain.now, by=people.actor(chain.ratna))
    answer = enter(chain.ratna).get(reverse("report", args=[report.pk]))
    page = answer.content.decode()

    assert "2 Des 2024?" in page
    assert "12 Feb 2024?" in page
    assert "belum pasti" in page
    assert answer.context["form"]["happens_on"].value() is None


def test_places_are_offered_and_never_filled_in(chain: Chain) -> None:
    report = send_report("Di Tegalwuku.", at=chain.now, desk=chain.desk)
    guess = Guess("place", {"code": "99.01.01", "name": "Kec. Tegalwuku", "alternatives": []})
    keep_suggestions(report.pk, [guess], at=chain.now, by=people.actor(chain.ratna))
    answer = enter(chain.ratna).get(reverse("report", args=[report.pk]))

    assert '<option value="99.01.01 Kec. Tegalwuku">' in answer.content.decode()
    assert 'list="tempat-usulan"' in answer.content.decode()
    assert not answer.context["form"]["place"].value()


def event_form(**values: Any) -> dict[str, Any]:
    given = {
        "kind": "potential", "type_code": next(iter(policy_on(date(2026, 11, 1)).event_types)), "forms_seen": ["F02"],
        "place": "99.01.01", "place_precision": "3", "place_note": "", "happens_on": "2026-11-14", "time_precision": "1",
        "crowd": "", "summary": "Ajakan konvoi beredar.", "label": "1",
    }  # fmt: skip
    return given | values


def test_a_report_becomes_an_event_by_a_persons_form(chain: Chain) -> None:
    report = send_report("Ancaman baru.", at=chain.now, desk=chain.desk)
    client = enter(chain.ratna)
    answer = client.post(reverse("report_event", args=[report.pk]), event_form(place="99.01.01 Kec. Tegalwuku"), follow=True)

    assert answer.status_code == 200
    assert f"LP-{report.pk} menjadi PR-" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"forms_seen": ["F04"]}, "bukan ancaman, kekerasan, perusakan, atau permusuhan"),
        ({"place": "Antah Berantah"}, "Tempat Antah Berantah tidak ditemukan"),
        ({"place": "99.77"}, "Kode wilayah 99.77 tidak ada"),
        ({"type_code": ""}, "Isi jenis."),
    ],
)
def test_a_refused_event_form_says_why_and_keeps_what_was_typed(chain: Chain, typed: dict[str, Any], sentence: str) -> None:
    report = send_report("Warga berunjuk rasa damai.", at=chain.now, desk=chain.desk)
    summary = "Seribu orang berjalan ke alun-alun."
    answer = enter(chain.ratna).post(reverse("report_event", args=[report.pk]), event_form(summary=summary, **typed))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert sentence in page
    assert summary in page
    assert 'value="2026-11-14"' in page


def test_a_name_that_two_places_bear_is_answered_with_their_codes(chain: Chain) -> None:
    factories.region("99.01.03.2002", "Sumberluku")
    report = send_report(at=chain.now, desk=chain.desk, title="lain")
    answer = enter(chain.ratna).post(reverse("report_event", args=[report.pk]), event_form(place="Sumberluku"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "99.01.01.2001" in page
    assert "99.01.03.2002" in page


def test_declining_without_a_reason_is_refused_on_the_page_with_the_choice_kept(chain: Chain) -> None:
    report = send_report("Lampu mati.", at=chain.now, desk=chain.desk)
    answer = enter(chain.ratna).post(reverse("report_decide", args=[report.pk]), {"outcome": "spam", "reason": " "})

    assert answer.status_code == 422
    assert f"Laporan LP-{report.pk} belum ditutup: tulis alasannya" in answer.content.decode()
    assert answer.context["decide_form"]["outcome"].value() == "spam"


def test_a_decided_report_moves_to_the_finished_tab_with_its_outcome(chain: Chain) -> None:
    report = send_report("Lampu mati.", at=chain.now, desk=chain.desk, title="Lampu mati")
    client = enter(chain.ratna)
    client.post(reverse("report_decide", args=[report.pk]), {"outcome": "forwarded", "reason": "Ke dinas"})

    assert "Lampu mati" not in text_of(client, "reports")
    finished = client.get(reverse("reports") + "?lihat=selesai").content.decode()
    assert "Lampu mati" in finished
    assert "dirujuk" in finished


def test_the_original_text_opens_for_a_reason_and_says_that_it_is_recorded(chain: Chain) -> None:
    report = send_report("Hubungi 081234567890 segera.", at=chain.now, desk=chain.desk)
    client = enter(chain.ratna)
    refused = client.post(reverse("report_raw", args=[report.pk]), {"reason": ""})
    opened = client.post(reverse("report_raw", args=[report.pk]), {"reason": "Periksa nomor posko"})

    assert refused.status_code == 422
    assert "081234567890" not in refused.content.decode()
    assert "081234567890" in opened.content.decode()
    assert "Pembukaan ini tercatat." in opened.content.decode()


# --- event ----------------------------------------------------------------------------------------------------


def test_the_dossier_says_unverified_until_a_verdict_confirms(chain: Chain) -> None:
    client = enter(chain.ratna)
    before = text_of(client, "event", chain.event.pk)
    verify_event(
        chain.event.pk, Conclusion("verified", 2, "B", "Foto cocok.", "2 foto"), by=people.actor(chain.ratna), at=chain.now
    )
    after = text_of(client, "event", chain.event.pk)

    assert f"{UNVERIFIED} — jangan diteruskan." in before
    assert UNVERIFIED not in after
    assert "Foto cocok." in after


def test_the_timeline_tells_report_decision_alert_task_and_what_is_due(chain: Chain) -> None:
    acknowledge_alert(chain.alert.pk, agency=chain.polres.pk, by=people.actor(chain.alya), at=chain.now)
    moments = enter(chain.ratna).get(reverse("event", args=[chain.event.pk])).context["timeline"]
    told = [moment.text for moment in moments]

    assert told[0] == f"Laporan LP-{chain.report.pk} masuk"
    assert told[1].startswith("Membuat peristiwa")
    assert f"Polres Waluku menerima {chain.alert.number}" in told
    assert [moment.text for moment in moments if moment.later] == [
        f"Tenggat {chain.task.number}, Polres Waluku",
        f"{chain.alert.number} berakhir bila tidak diperpanjang",
    ]


def test_text_that_somebody_typed_is_shown_as_text(chain: Chain) -> None:
    event = make_event(chain.ratna, chain.desk, at=chain.now, summary="<script>alert(1)</script>")
    page = text_of(enter(chain.ratna), "event", event.pk)

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_refused_verdict_stays_open_with_what_was_typed(chain: Chain) -> None:
    typed = {"content_grade": "5", "source_grade": "B", "verdict": "verified", "reason": "Satu saksi."}
    answer = enter(chain.ratna).post(reverse("event_verify", args=[chain.event.pk]), typed)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Terkonfirmasi tidak cocok dengan nilai isi 5" in page
    assert "Satu saksi." in page
    assert answer.context["opened"] == "verdict"


def test_a_refused_alert_keeps_its_message_and_recipients(chain: Chain) -> None:
    typed = {"level": "1", "message": "Pisah rute", "recipients": [str(chain.polres.pk)], "hours": "999"}
    answer = enter(chain.ratna).post(reverse("event_alert", args=[chain.event.pk]), typed)
    form = answer.context["alert_form"]

    assert answer.status_code == 422
    assert form["message"].value() == "Pisah rute"
    assert form["recipients"].value() == [str(chain.polres.pk)]


def test_forms_of_one_dossier_never_share_an_id(chain: Chain) -> None:
    answer = enter(chain.ratna).get(reverse("event", args=[chain.event.pk]))
    forms = [answer.context[f"{step}_form"] for step in ("verdict", "alert", "task", "outcome")]
    ids = [field.auto_id for form in forms for field in form]

    assert len(ids) == len(set(ids))


def test_a_dossier_has_one_main_button(chain: Chain) -> None:
    client = enter(chain.ratna)

    assert text_of(client, "event", chain.event.pk).count("btn--main") == 1
    assert client.get(reverse("event", args=[chain.event.pk]) + "?buka=task").content.decode().count("btn--main") == 1


def test_an_agency_that_is_only_addressed_gets_no_form_and_no_report(chain: Chain) -> None:
    page = text_of(enter(chain.alya), "event", chain.event.pk)

    assert "Langkah Anda" not in page
    assert "Laporan di baliknya" not in page


def test_the_outcome_closes_the_dossiers_forms(chain: Chain) -> None:
    client = enter(chain.ratna)
    typed = {"occurred": "tidak", "spread": "tidak", "casualties": "", "why": "Mediasi berhasil."}
    client.post(reverse("event_outcome", args=[chain.event.pk]), typed)
    page = text_of(client, "event", chain.event.pk)

    assert "korban belum diketahui" in page
    assert "Mediasi berhasil." in page
    assert "Langkah Anda" not in page


# --- alerts, tasks, products ----------------------------------------------------------------------------------


def test_alert_list_and_card_carry_the_mark_and_the_disclaimer(chain: Chain) -> None:
    client = enter(chain.alya)
    pages = [text_of(client, "alerts"), text_of(client, "alert", chain.alert.pk)]

    for page in pages:
        assert UNVERIFIED in page
        assert DISCLAIMER in page
    assert "0 dari 1" in pages[0]


def test_a_proposal_looks_like_a_proposal_and_waits_for_who_may_approve(chain: Chain) -> None:
    kabid = people.kabid(agency=chain.desk)
    alert = propose_alert(
        chain.event.pk, proposal(chain.desk, chain.polres, level=2), by=people.actor(chain.ratna), at=chain.now
    )
    seen_by_kabid = text_of(enter(kabid), "alert", alert.pk)
    seen_by_ratna = text_of(enter(chain.ratna), "alert", alert.pk)

    assert "USULAN SIAGA" in seen_by_kabid
    assert "Setujui" in seen_by_kabid
    assert "Setujui" not in seen_by_ratna
    assert "menunggu persetujuan" in seen_by_ratna


def test_the_all_clear_without_a_reason_is_refused_on_the_card(chain: Chain) -> None:
    answer = enter(chain.ratna).post(reverse("alert_stand_down", args=[chain.alert.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert f"PG-{chain.alert.pk} belum dinyatakan aman" in answer.content.decode()


def test_a_task_is_accepted_then_finished_with_a_result(chain: Chain) -> None:
    client = enter(chain.alya)
    client.post(reverse("task_accept", args=[chain.task.pk]))
    refused = client.post(reverse("task_finish", args=[chain.task.pk]), {"result": ""})
    client.post(reverse("task_finish", args=[chain.task.pk]), {"result": "Rute dipisah pukul 11.30"})

    assert refused.status_code == 422
    assert f"Tugas TL-{chain.task.pk} belum selesai: tulis hasilnya" in refused.content.decode()
    assert "Rute dipisah pukul 11.30" in text_of(client, "task", chain.task.pk)


def test_a_task_returned_without_a_reason_stays_on_its_card(chain: Chain) -> None:
    answer = enter(chain.alya).post(reverse("task_return", args=[chain.task.pk]), {"reason": ""})

    assert answer.status_code == 422
    assert "belum dikembalikan: tulis alasannya" in answer.content.decode()


def test_a_task_taken_on_can_no_longer_be_returned(chain: Chain) -> None:
    accept_task(chain.task.pk, by=people.actor(chain.alya), at=chain.now)
    page = text_of(enter(chain.alya), "task", chain.task.pk)

    assert "kembalikan" not in page
    assert "Selesai, kirim hasil" in page


def test_the_task_list_marks_what_rests_on_an_unverified_event(chain: Chain) -> None:
    assert UNVERIFIED in text_of(enter(chain.alya), "tasks")


def test_a_product_shows_its_bytes_its_hash_and_the_unverified_box(chain: Chain) -> None:
    area = factories.waluku()["99.01"].key
    day = chain.now.astimezone().date()
    product = issue_daily_report(area=area, day=day, office="Kesbangpol", by=people.actor(chain.ratna), at=machine_now())
    client = enter(chain.ratna)
    page = text_of(client, "product", product.pk)

    assert product.sha256 in page
    assert UNVERIFIED in page
    assert client.get(reverse("product_text", args=[product.pk])).content.decode() == product.text


def test_a_report_of_a_day_to_come_is_refused_on_the_form(chain: Chain) -> None:
    area = factories.waluku()["99.01"].key
    answer = enter(chain.ratna).post(reverse("product_make"), {"area": str(area), "day": "2999-01-01"})

    assert answer.status_code == 422
    assert "belum berlangsung" in answer.content.decode()


# --- who may not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "name", "sentence"),
    [
        ("pimpinan", "reports", "membaca laporan"),
        ("fkdm", "events", "melihat peristiwa"),
        ("kampus", "alerts", "melihat peringatan"),
        ("pimpinan", "tasks", "melihat tugas"),
        ("anggota_timdu", "products", "membaca dokumen"),
    ],
)
def test_a_role_without_the_permission_gets_a_page_that_names_it(role: str, name: str, sentence: str) -> None:
    answer = enter(people.person(role)).get(reverse(name))

    assert answer.status_code == 403
    assert sentence in answer.content.decode()


def test_rows_of_another_regency_are_not_there(chain: Chain) -> None:
    elsewhere = factories.agency("Kesbangpol Lintang Wuluh", own=("99.02",))
    client = enter(people.analis("99.02", agency=elsewhere, name="Nawang"))
    rows = {"report": chain.report, "event": chain.event, "alert": chain.alert, "task": chain.task}

    for name, row in rows.items():
        assert client.get(reverse(name, args=[row.pk])).status_code == 404, name
    for name in ("reports", "events", "alerts", "tasks"):
        page = client.get(reverse(name)).content.decode()
        assert chain.event.number not in page
        assert "Kabar konvoi" not in page


# --- help, limits, addresses ----------------------------------------------------------------------------------


def test_help_names_the_duties_the_law_and_the_keys(chain: Chain) -> None:
    page = text_of(enter(chain.ratna), "help")

    for word in ("Kosongkan kotak masuk", "46/2019", "perlu dipastikan", "Tombol pintas", "Bertanya kepada siapa"):
        assert word in page


def test_anybody_may_read_what_the_system_does_not_do(client: Client) -> None:
    page = text_of(client, "limits")

    for word in ("Tidak ada berkas tentang orang", "Mesin tidak menolak laporan", "dua kunci", "Tidak melacak", DISCLAIMER):
        assert word in page


def test_changing_the_language_on_a_refused_form_leads_to_a_page_that_opens(chain: Chain) -> None:
    form_address = reverse("event_verify", args=[chain.event.pk])
    answer = enter(chain.ratna).post(reverse("set_language"), {"language": "en", "next": form_address}, follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2024-12-02", "2 Des 2024"),
        ("2024-12", "Des 2024"),
        ("2024", "2024"),
        ("--12-02", "2 Des, tahun tidak disebut"),
        ("--12", "Des, tahun tidak disebut"),
    ],
)
def test_a_date_known_in_part_is_written_without_what_is_missing(written: str, words: str) -> None:
    assert date_words(written) == words


def test_the_greeting_follows_the_hour_of_the_readers_zone() -> None:
    eleven_utc = datetime.fromisoformat("2026-11-12T11:00:00+00:00")

    assert greeting(eleven_utc, "Asia/Jakarta") == "Selamat malam"
    assert greeting(eleven_utc - timedelta(hours=10), "Asia/Jakarta") == "Selamat pagi"


# --- questions to the database --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "reports", "events", "alerts", "tasks", "products"])
def test_a_list_asks_no_more_than_a_bounded_number_of_questions(chain: Chain, name: str) -> None:
    for number in range(12):
        send_report(f"Laporan nomor {number}.", at=chain.now, desk=chain.desk)
        event = make_event(chain.ratna, chain.desk, at=chain.now, summary=f"Ancaman {number}.")
        alert = propose_alert(event.pk, proposal(chain.desk, chain.polres), by=people.actor(chain.ratna), at=chain.now)
        approve_alert(alert.pk, by=people.actor(chain.ratna), at=chain.now)
    client = enter(chain.ratna)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name)).status_code == 200

    assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize("name", ["report", "event", "alert", "task"])
def test_one_row_asks_no_more_than_a_bounded_number_of_questions(chain: Chain, name: str) -> None:
    client = enter(chain.ratna)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=[getattr(chain, name).pk])).status_code == 200

    assert len(asked) <= MOST_QUERIES
