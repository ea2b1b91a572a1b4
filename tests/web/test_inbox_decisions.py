"""The decisions of the inbox: each once, by a person, the next report opens, and seconds to take it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from kentongan.edge.clocks import domain_now
from kentongan.events.models import Event
from kentongan.intake.actions import triage_report
from kentongan.intake.decisions import Guess
from kentongan.intake.models import Report, ReportMessage
from kentongan.verification.models import Claim
from kentongan.web import inbox_undo
from tests import people
from tests.web.chain import make_event
from tests.web.inbox_world import arrive, decide, desk, event_fields, guess, now_of, ratna

pytestmark = pytest.mark.django_db


def opened(answer: Any) -> int:
    """The report that stands open on a page."""
    return int(answer.context["report"].pk)


def test_a_new_event_takes_the_report_and_opens_the_next_one() -> None:
    first, second = arrive("Satu.", minutes=9), arrive("Dua.", minutes=3)
    answer = decide(ratna(), "report_event", first, event_fields())

    assert now_of(first).triage_outcome == "new_event"
    assert opened(answer) == second.pk
    assert f"LP-{first.pk} menjadi PR-" in answer.content.decode()


def test_similar_reports_that_were_ticked_become_the_same_event_each_as_itself() -> None:
    first, second = arrive("Sebarkan!", minutes=9), arrive("Sebarkan!", minutes=3)
    decide(ratna(), "report_event", first, event_fields(bersama=[second.pk]))
    event = Event.rows.get()

    assert set(event.sources.values_list("report_id", flat=True)) == {first.pk, second.pk}
    assert now_of(second).triage_outcome == "new_event"


def test_an_empty_summary_takes_the_first_sentence_of_the_report() -> None:
    report = arrive("Dua kelompok saling ancam. Mereka berkumpul di tugu.")
    decide(ratna(), "report_event", report, event_fields(summary=""))

    assert Event.rows.get().summary == "Dua kelompok saling ancam."


def test_a_guessed_type_is_numbered_first_and_never_chosen() -> None:
    report = arrive("Kabarnya mau konvoi.")
    guess(report, Guess("type", {"code": "KEL.02", "alternatives": []}, ["konvoi"]))
    answer = ratna().get(reverse("report", args=[report.pk]))
    choices = answer.context["type_choices"]

    assert (choices[0].code, choices[0].is_guess) == ("KEL.02", True)
    assert len(choices) <= 9
    assert not answer.context["event_form"]["type_code"].value()
    assert "<mark>konvoi</mark>" in answer.content.decode()


def test_two_different_types_are_asked_about_again() -> None:
    answer = decide(ratna(), "report_event", arrive(), event_fields(type_other="SDA.01"))

    assert answer.status_code == 422
    assert "Pilih satu jenis saja" in answer.content.decode()


def test_a_report_is_attached_to_an_event_by_number_words_or_choice() -> None:
    event = make_event(people.analis(), desk(), at=domain_now())
    client = ratna()
    for fields in ({"event": event.pk}, {"find": event.number}, {"find": "konvoi"}):
        report = arrive("Satu lagi.")
        decide(client, "report_attach", report, fields)

        assert now_of(report).triage_outcome == "linked"
        assert event.sources.filter(report=report).exists()


def test_words_that_find_several_events_are_answered_with_their_numbers() -> None:
    for _each in range(2):
        make_event(people.analis(), desk(), at=domain_now())
    answer = decide(ratna(), "report_attach", arrive(), {"find": "konvoi"})

    assert answer.status_code == 422
    assert "Ada beberapa: PR-" in answer.content.decode()


def test_attaching_without_a_choice_says_what_to_do() -> None:
    answer = decide(ratna(), "report_attach", arrive(), {"event": "", "find": ""})

    assert answer.status_code == 422
    assert "Pilih peristiwa, atau tulis nomornya." in answer.content.decode()


def test_a_claim_is_made_once_for_a_whole_group() -> None:
    reports = [arrive("Tiga kontainer sudah dicoblos!", minutes=each) for each in (9, 8, 7)]
    decide(
        ratna(), "report_claim", reports[0],
        {"text": "", "bersama": [each.pk for each in reports[1:]]},
    )  # fmt: skip

    assert Claim.rows.get().sources.count() == 3
    assert {now_of(each).triage_outcome for each in reports} == {"claim"}


def test_one_more_report_joins_a_claim_that_is_there() -> None:
    client, first, second = ratna(), arrive("Dicoblos!"), arrive("Sudah dicoblos.")
    decide(client, "report_claim", first, {"text": "Surat suara sudah dicoblos."})
    decide(client, "report_claim", second, {"claim": Claim.rows.get().pk, "text": ""})

    assert Claim.rows.get().sources.count() == 2


def test_a_question_goes_to_the_reporter_and_the_report_waits_on() -> None:
    report, client = arrive(), ratna()
    form = {"question": "tempat", "text": "", "client_id": str(uuid4())}
    decide(client, "report_ask", report, form)
    again = decide(client, "report_ask", report, form)

    assert ReportMessage.objects.get().text_masked.startswith("Di mana tepatnya?")
    assert now_of(report).state == "received"
    assert again.status_code == 200


def test_an_article_has_nobody_to_ask() -> None:
    report = arrive(channel="article")
    page = ratna().get(reverse("report", args=[report.pk])).content.decode()

    assert "Tidak ada yang dapat ditanya" in page


def test_a_body_of_the_accused_office_is_not_offered_for_referral() -> None:
    report = arrive("Polisi meminta uang.", accused="polri")
    answer = ratna().get(reverse("report", args=[report.pk]))
    offered = [code for code, _words in answer.context["refer_form"].fields["target"].choices]

    assert offered[:2] == ["kompolnas", "komnas_ham"]
    assert "polres" not in offered
    assert "Laporan tentang polisi" in answer.content.decode()


def test_a_referral_keeps_receiver_and_number() -> None:
    report = arrive("Lampu jalan mati.")
    decide(ratna(), "report_refer", report, {"target": "sp4n_lapor", "reference": "77/2026", "reason": ""})
    referral = now_of(report).referrals.get()

    assert (referral.target, referral.reference) == ("sp4n_lapor", "77/2026")


def test_declining_needs_a_reason_and_files_the_report_away() -> None:
    report, client = arrive("Harga cabai naik."), ratna()
    bare = decide(client, "report_refer", report, {"target": "tolak", "reason": ""})
    decide(client, "report_refer", report, {"target": "tolak", "reason": "Bukan urusan kantor ini."})

    assert bare.status_code == 422
    assert (now_of(report).triage_outcome, now_of(report).state) == ("out_of_scope", "archived")


@pytest.mark.parametrize(("why", "outcome"), [("uji", "spam"), ("pendapat", "out_of_scope")])
def test_a_usual_reason_archives_with_one_choice(why: str, outcome: str) -> None:
    report = arrive("Tes tes.")
    decide(ratna(), "report_archive", report, {"why": why, "reason": ""})

    assert now_of(report).triage_outcome == outcome
    assert now_of(report).triage_reason


@pytest.mark.parametrize("until", ["2-jam", "besok"])
def test_a_report_is_put_off_and_the_page_says_until_when(until: str) -> None:
    report = arrive()
    answer = decide(ratna(), "report_put_off", report, {"until": until, "day": ""})

    assert now_of(report).put_off_until > domain_now()
    assert "ditunda sampai" in answer.content.decode()


def test_putting_off_to_a_day_asks_for_the_day() -> None:
    answer = decide(ratna(), "report_put_off", arrive(), {"until": "tanggal", "day": ""})

    assert answer.status_code == 422
    assert "Isi tanggal." in answer.content.decode()


def test_a_place_is_set_by_a_person_and_the_report_stays_open() -> None:
    report = arrive(area="")
    answer = decide(ratna(), "report_place", report, {"place": "Sumberluku", "place_note": "dekat tugu"})

    assert now_of(report).area is not None
    assert opened(answer) == report.pk
    assert "dekat tugu" in answer.content.decode()


DECISIONS = [
    ("report_event", event_fields()),
    ("report_claim", {"text": "Kabar itu."}),
    ("report_refer", {"target": "polres", "reason": ""}),
    ("report_archive", {"why": "uji", "reason": ""}),
    ("report_put_off", {"until": "2-jam", "day": ""}),
]


@pytest.mark.parametrize(("name", "fields"), DECISIONS)
def test_every_decision_is_taken_back_within_its_seconds(name: str, fields: dict[str, Any]) -> None:
    report, client = arrive(), ratna()
    told = decide(client, name, report, fields)
    answer = client.post(reverse("report_undo"), follow=True)

    assert "Batalkan" in told.content.decode()
    assert (now_of(report).state, now_of(report).put_off_until) == ("received", None)
    assert opened(answer) == report.pk
    assert not Event.rows.filter(undone_at=None).exists()


def test_an_attached_report_is_taken_back_from_its_event() -> None:
    event, report, client = make_event(people.analis(), desk(), at=domain_now()), arrive(), ratna()
    decide(client, "report_attach", report, {"event": event.pk})
    client.post(reverse("report_undo"))

    assert now_of(report).state == "received"
    assert not event.sources.filter(report=report).exists()


def test_after_its_seconds_a_decision_stands_and_the_page_says_so() -> None:
    report, client = arrive(), ratna()
    decide(client, "report_archive", report, {"why": "uji", "reason": ""})
    session = client.session
    late = {**session[inbox_undo.IN_SESSION], "until": (domain_now() - timedelta(seconds=1)).isoformat()}
    session[inbox_undo.IN_SESSION] = late
    session.save()
    answer = client.post(reverse("report_undo"), follow=True)

    assert "Waktu membatalkan sudah habis" in answer.content.decode()
    assert now_of(report).state == "archived"


@pytest.mark.parametrize(("name", "fields"), DECISIONS)
def test_the_second_decider_is_told_who_and_what_and_loses_nothing(name: str, fields: dict[str, Any]) -> None:
    report = arrive()
    sari = people.actor(people.analis(name="Sari", agency=desk()))
    triage_report(report.pk, outcome="spam", by=sari, at=domain_now(), reason="Uji coba")
    typed = {**fields, "reason": "Sudah saya telepon camat."} if "reason" in fields else fields
    answer = ratna().post(reverse(name, args=[report.pk]), typed)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Sari" in page
    assert "bukan laporan" in page
    assert "Yang Anda tulis tidak hilang" in page
    assert "reason" not in fields or "Sudah saya telepon camat." in page


def test_a_group_is_decided_whole_or_not_at_all() -> None:
    first, second = arrive("Sebarkan!", minutes=9), arrive("Sebarkan!", minutes=3)
    sari = people.actor(people.analis(name="Sari", agency=desk()))
    triage_report(second.pk, outcome="spam", by=sari, at=domain_now(), reason="Uji coba")
    answer = ratna().post(
        reverse("report_refer", args=[first.pk]), {"target": "polres", "reason": "", "bersama": [second.pk]}
    )

    assert answer.status_code == 409
    assert now_of(first).state == "received"
    assert not now_of(first).referrals.exists()


def test_a_number_outside_the_scope_is_unknown_in_a_group_too() -> None:
    first, foreign = arrive(), arrive(area="99.02.01.2001")
    Report.rows.filter(pk=foreign.pk).update(desk=None)
    answer = ratna().post(
        reverse("report_archive", args=[first.pk]), {"why": "uji", "reason": "", "bersama": [foreign.pk]}
    )

    assert answer.status_code == 404
    assert now_of(first).state == now_of(foreign).state == "received"


def test_deciding_keeps_the_board_one_works_on() -> None:
    first, second = (
        arrive("Kabar satu.", tile="hoaks", minutes=9),
        arrive("Kabar dua.", tile="hoaks", minutes=5),
    )
    arrive("Yang lain.", minutes=7)
    answer = ratna().post(
        reverse("report_archive", args=[first.pk]) + "?papan=hoaks", {"why": "uji", "reason": ""}
    )

    assert answer["Location"] == reverse("report", args=[second.pk]) + "?papan=hoaks"


def test_the_last_report_leaves_an_empty_inbox() -> None:
    answer = decide(ratna(), "report_archive", arrive(), {"why": "uji", "reason": ""})

    assert "Kotak masuk bersih." in answer.content.decode()
    assert "Batalkan" in answer.content.decode()


def test_an_archived_report_is_opened_again_with_a_reason() -> None:
    report, client = arrive(), ratna()
    decide(client, "report_archive", report, {"why": "uji", "reason": ""})
    bare = decide(client, "report_reopen", report, {"reason": ""})
    answer = decide(client, "report_reopen", report, {"reason": "Camat menelepon: benar terjadi."})

    assert bare.status_code == 422
    assert answer.context["waiting"]
    assert report.pk in [row.number for row in answer.context["queue"].rows]


def test_a_report_put_off_is_brought_back_at_once() -> None:
    report, client = arrive(), ratna()
    decide(client, "report_put_off", report, {"until": "besok", "day": ""})
    decide(client, "report_bring_back", report, {})

    assert now_of(report).put_off_until is None
