"""Changing, merging, splitting and moving an event on its pages; the past, the text, and what a refusal keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from kentongan.accounts.permissions import Permission
from kentongan.events.actions import detach_report, link_report, merge_events, revise_event
from kentongan.events.decisions import EventChanges
from kentongan.events.queries import event_in, facts_of, newest_revision, watches_of
from kentongan.intake.queries import report_in
from kentongan.web.forms.event_edit import initial_of
from tests import factories, people
from tests.web.chain import Chain, enter, make_event, send_report, text_of

pytestmark = pytest.mark.django_db


def stored(chain: Chain) -> Any:
    return event_in(people.actor(chain.ratna).scope_for(Permission.EVENT_READ), chain.event.pk)


def form_of(chain: Chain, **changes: Any) -> dict[str, Any]:
    """The edit form as a browser would send it back, with some fields changed."""
    found = stored(chain)
    filled = initial_of(facts_of(found), based_on=newest_revision(found)) | changes
    return {name: value for name, value in filled.items() if value not in (None, False)}


def post(client: Client, name: str, number: int, values: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post(reverse(name, args=[number]), {**(values or {}), **more})


def test_the_form_unchanged_changes_nothing(chain: Chain) -> None:
    before = facts_of(stored(chain))
    answer = post(enter(chain.ratna), "event_edit", chain.event.pk, form_of(chain))

    assert answer.status_code == 422
    assert "Tidak ada yang berubah" in answer.content.decode()
    assert facts_of(stored(chain)) == before


def test_everything_the_form_holds_is_stored(chain: Chain) -> None:
    values = form_of(
        chain, cause="Batas lama.", capacity="Kades.", athg=["gangguan"], interests=["keamanan"],
        fields_of_life=["sosial"], triggers=["T02"], origin="luar_negeri", origin_confidence="rendah", phase="AG",
        likelihood="3", confidence="sedang", severity="5", severity_reason="Rute bertemu.", happens_time="21:00",
        next_trigger="Malam pengesahan", next_trigger_on="2026-11-20", review_on="2026-12-01", crowd="40",
        actor_0="A07", actor_0_name="Lintang Kukus", impact_I03="2", impact_I03_sure="pasti", impact_I04="on",
        impact_I12_sure="tidak_diketahui", impact_I01="0", impact_I01_sure="pasti", assigned_to=str(chain.ratna.pk),
    )  # fmt: skip
    answer = post(enter(chain.ratna), "event_edit", chain.event.pk, values)

    assert answer.status_code == 302, answer.content.decode()
    kept = facts_of(stored(chain))
    assert kept.actors == (("A07", "Lintang Kukus"),)
    assert kept.impacts == {
        "I01": (0, "pasti"),
        "I03": (2, "pasti"),
        "I04": (1, "perkiraan"),
        "I12": (None, "tidak_diketahui"),
    }
    assert (kept.severity, kept.severity_reason, kept.likelihood) == (5, "Rute bertemu.", 3)
    assert (kept.athg, kept.interests, kept.fields, kept.triggers) == (
        ("gangguan",),
        ("keamanan",),
        ("sosial",),
        ("T02",),
    )
    assert kept.assigned_to == chain.ratna.pk


def test_an_impact_that_is_unknown_yet_counted_is_refused_beside_its_field(chain: Chain) -> None:
    values = form_of(chain, impact_I01="3", impact_I01_sure="tidak_diketahui", impact_I02_sure="pasti")
    answer = post(enter(chain.ratna), "event_edit", chain.event.pk, values)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"impact_I01", "impact_I02"}


def test_two_people_who_changed_the_same_field_are_asked_which_value_holds(chain: Chain) -> None:
    client, mine = enter(chain.ratna), form_of(chain, cause="Soal air.", capacity="Kades.")
    other = people.actor(people.kabid(agency=chain.desk))
    theirs = EventChanges({"cause": "Batas lama.", "next_trigger": "Panen"})
    revise_event(chain.event.pk, theirs, based_on=1, by=other, at=chain.now)
    answer = post(client, "event_edit", chain.event.pk, mine, based_on=1)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert [(choice.label, choice.theirs, choice.mine) for choice in answer.context["conflicts"]] == [
        ("Akar masalah", "Batas lama.", "Soal air.")
    ]
    assert "Belum ada yang tersimpan" in page
    assert 'value="Panen"' in page


@pytest.mark.parametrize(("chosen", "kept"), [("mine", "Soal air."), ("theirs", "Batas lama.")])
def test_the_chosen_value_holds_and_the_other_changes_of_both_stay(
    chain: Chain, chosen: str, kept: str
) -> None:
    client, mine = enter(chain.ratna), form_of(chain, cause="Soal air.", capacity="Kades.")
    other = people.actor(people.kabid(agency=chain.desk))
    theirs = EventChanges({"cause": "Batas lama.", "next_trigger": "Panen"})
    revise_event(chain.event.pk, theirs, based_on=1, by=other, at=chain.now)
    form = post(client, "event_edit", chain.event.pk, mine, based_on=1).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}
    answer = post(client, "event_edit", chain.event.pk, again, pilih_cause=chosen, selisih="cause")

    assert answer.status_code == 302, answer.content.decode()
    found = facts_of(stored(chain))
    assert (found.cause, found.capacity, found.next_trigger) == (kept, "Kades.", "Panen")


def test_saving_without_choosing_asks_again(chain: Chain) -> None:
    client, mine = enter(chain.ratna), form_of(chain, cause="Soal air.")
    other = people.actor(people.kabid(agency=chain.desk))
    theirs = EventChanges({"cause": "Batas lama."})
    revise_event(chain.event.pk, theirs, based_on=1, by=other, at=chain.now)
    form = post(client, "event_edit", chain.event.pk, mine, based_on=1).context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}
    answer = post(client, "event_edit", chain.event.pk, again, selisih="cause")

    assert answer.status_code == 409
    assert [choice.mine for choice in answer.context["conflicts"]] == ["Soal air."]
    assert facts_of(stored(chain)).cause == "Batas lama."


def test_a_name_of_a_person_is_asked_about_before_anything_is_stored(chain: Chain) -> None:
    client = enter(chain.ratna)
    values = form_of(chain, cause="Pak Darto menolak batas.")
    refused = post(client, "event_edit", chain.event.pk, values)

    assert refused.status_code == 422
    assert "Pak Darto" in refused.content.decode()
    assert facts_of(stored(chain)).cause == ""
    assert post(client, "event_edit", chain.event.pk, values, names_checked="on").status_code == 302


def test_who_may_not_write_gets_no_form(chain: Chain) -> None:
    client = enter(chain.alya)
    for name in ("event_edit", "event_merge", "event_split"):
        assert client.get(reverse(name, args=[chain.event.pk])).status_code == 403, name


def test_a_merged_event_leads_to_the_remaining_one_with_a_notice(chain: Chain) -> None:
    client = enter(chain.ratna)
    other = make_event(chain.ratna, chain.desk, at=chain.now)
    answer = post(client, "event_merge", other.pk, into=chain.event.number, reason="Kejadian sama.")
    assert answer.url == reverse("event", args=[chain.event.pk])
    followed = client.get(reverse("event", args=[other.pk]), follow=True)

    assert followed.redirect_chain == [(reverse("event", args=[chain.event.pk]), 302)]
    assert f"{other.number} sudah digabung" in followed.content.decode()
    assert other.number in text_of(client, "event", chain.event.pk)
    assert "Keluarkan lagi" in client.get(reverse("event", args=[other.pk]) + "?asli=1").content.decode()


def test_a_merge_is_taken_back_with_a_reason(chain: Chain) -> None:
    client = enter(chain.ratna)
    other = make_event(chain.ratna, chain.desk, at=chain.now)
    merge_events(other.pk, chain.event.pk, by=people.actor(chain.ratna), at=chain.now, reason="Sama.")
    assert text_of(client, "event_unmerge", other.pk)
    assert post(client, "event_unmerge", other.pk, reason="").status_code == 422
    assert post(client, "event_unmerge", other.pk, reason="Lain tempat.").status_code == 302
    assert client.get(reverse("event", args=[other.pk])).status_code == 200


@pytest.mark.parametrize("into", ["", "PR-x", "4711", "99999999999999999999"])
def test_a_number_that_is_no_event_here_stays_on_the_form(chain: Chain, into: str) -> None:
    answer = post(enter(chain.ratna), "event_merge", chain.event.pk, into=into, reason="x")
    assert answer.status_code == 422
    assert answer.context["form"].errors["into"]


def test_a_report_is_split_off_into_an_event_of_its_own(chain: Chain) -> None:
    client, by = enter(chain.ratna), people.actor(chain.ratna)
    values = {
        "kind": "incident", "type_code": "KEL.01", "forms_seen": ["F10"], "place": "99.01.01", "place_precision": "3",
        "happens_on": "2026-11-14", "time_precision": "1", "summary": "Perkelahian.", "label": "1",
        "reports": [str(chain.report.pk)], "reason": "Dua kejadian.",
    }  # fmt: skip
    answer = post(client, "event_split", chain.event.pk, values)

    assert answer.status_code == 302, answer.content.decode()
    assert (
        f"LP-{chain.report.pk}"
        not in text_of(client, "event", chain.event.pk).split("Laporan di baliknya")[-1]
    )
    assert report_in(by.scope_for(Permission.REPORT_READ), chain.report.pk).triage_outcome == "new_event"


def test_a_report_goes_back_to_the_inbox_from_the_dossier(chain: Chain) -> None:
    client, by = enter(chain.ratna), people.actor(chain.ratna)
    refused = post(client, "event_detach", chain.event.pk, report=chain.report.pk, reason="")
    assert refused.status_code == 422
    assert "masih kosong" in refused.content.decode()
    assert (
        post(client, "event_detach", chain.event.pk, report=chain.report.pk, reason="Lain.").status_code
        == 302
    )
    assert report_in(by.scope_for(Permission.REPORT_READ), chain.report.pk).state == "received"


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("event_move", {"to": "dampened", "reason": "Tenang."}, "Keadaan peristiwa berubah."),
        ("event_review", {"next_review": "2099-01-01", "reason": "Tenang."}, "Tinjauan tercatat."),
        ("event_note", {"box": "fact", "text": "Tugu dicoret."}, "Catatan tersimpan."),
        ("event_watch", {"area": "99.01.03"}, "Wilayah diawasi."),
    ],
)
def test_each_small_form_is_carried_out_and_told(
    chain: Chain, name: str, values: dict[str, str], told: str
) -> None:
    answer = enter(chain.ratna).post(reverse(name, args=[chain.event.pk]), values, follow=True)
    assert answer.status_code == 200
    assert told in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "values", "step"),
    [
        ("event_move", {"to": "closed", "reason": ""}, "move"),
        ("event_review", {"next_review": "2001-01-01"}, "review"),
        ("event_share", {"agency": "", "until": ""}, "share"),
        ("event_note", {"box": "fact", "text": ""}, "note"),
        ("event_watch", {"area": "Tiada Tempat"}, "watch"),
    ],
)
def test_a_refused_small_form_stands_open_on_the_dossier(
    chain: Chain, name: str, values: dict[str, str], step: str
) -> None:
    answer = post(enter(chain.ratna), name, chain.event.pk, values)
    assert answer.status_code == 422
    assert answer.context["opened"] == step


def test_a_share_is_given_and_taken_back(chain: Chain) -> None:
    client = enter(chain.ratna)
    post(client, "event_share", chain.event.pk, agency=chain.polres.pk, until="2099-01-01T08:00")
    assert "2099" in text_of(client, "event", chain.event.pk)
    client.post(reverse("event_unshare", args=[chain.event.pk, chain.polres.pk]))
    assert "2099" not in text_of(client, "event", chain.event.pk)


def test_a_watched_neighbour_is_named_and_can_be_dropped(chain: Chain) -> None:
    client = enter(chain.ratna)
    post(client, "event_watch", chain.event.pk, area="99.01.03")
    assert factories.waluku()["99.01.03"].name in text_of(client, "event", chain.event.pk)
    client.post(reverse("event_unwatch", args=[chain.event.pk, "99.01.03"]))
    assert watches_of(stored(chain)) == []


def test_the_past_reads_as_it_was_known_and_offers_nothing_to_press(chain: Chain) -> None:
    changes = EventChanges({"cause": "Batas lama.", "summary": "Kini lebih jelas."})
    by = people.actor(chain.ratna)
    revise_event(chain.event.pk, changes, based_on=newest_revision(stored(chain)), by=by, at=chain.now)
    moment = (chain.event.created_at).isoformat()
    answer = enter(chain.ratna).get(reverse("event", args=[chain.event.pk]), {"per": moment})
    page = answer.content.decode()

    assert "Seperti diketahui pada" in page
    assert "Ajakan konvoi beredar." in page
    assert "Kini lebih jelas." not in page
    assert "Batas lama." not in page
    assert "Langkah Anda" not in page
    assert all(moment_.at <= chain.event.created_at for moment_ in answer.context["timeline"])


@pytest.mark.parametrize("per", ["1999-01-01", "kemarin", "2026-13-45", "9" * 50])
def test_a_time_before_the_record_or_no_time_leads_to_the_present(chain: Chain, per: str) -> None:
    answer = enter(chain.ratna).get(reverse("event", args=[chain.event.pk]), {"per": per})
    assert answer.status_code == 302


def test_the_history_shows_each_change_from_what_to_what(chain: Chain) -> None:
    by, number = people.actor(chain.ratna), newest_revision(stored(chain))
    revise_event(
        chain.event.pk,
        EventChanges({"cause": "Batas lama."}),
        based_on=number,
        by=by,
        at=chain.now,
        reason="Telepon.",
    )
    lines = enter(chain.ratna).get(reverse("event_history", args=[chain.event.pk])).context["lines"]

    assert lines[0]["changes"] == [("Akar masalah", "–", "Batas lama.")]
    assert lines[0]["revision"].reason == "Telepon."


def test_the_text_says_its_label_and_that_it_is_not_verified(chain: Chain) -> None:
    text = enter(chain.ratna).get(reverse("event_text", args=[chain.event.pk])).context["text"]

    assert text.startswith(f"{chain.event.number} · INTERNAL · BELUM TERVERIFIKASI, jangan diteruskan")
    assert "Ajakan konvoi beredar." in text
    assert f"LP-{chain.report.pk}" not in text


def test_the_timeline_can_be_narrowed_to_decisions(chain: Chain) -> None:
    client, here = enter(chain.ratna), reverse("event", args=[chain.event.pk])
    everything = client.get(here).context["timeline"]
    decisions = client.get(here + "?garis=keputusan").context["timeline"]

    assert 0 < len(decisions) < len(everything)
    assert all(moment.is_decision for moment in decisions)


def test_what_was_typed_never_becomes_markup_or_part_of_the_title(chain: Chain) -> None:
    bad = "<script>alert(1)</script>"
    event = make_event(
        chain.ratna, chain.desk, at=chain.now, summary=bad, cause=bad, capacity=bad, actors=(("A07", bad),)
    )
    for name in ("event", "event_text", "event_history", "event_edit"):
        page = text_of(enter(chain.ratna), name, event.pk)
        assert bad not in page, name
        assert escape(bad) in page, name
    answer = enter(chain.ratna).get(reverse("event", args=[event.pk]))
    assert "script" not in answer.context["title"]


def test_a_second_report_makes_splitting_possible(chain: Chain) -> None:
    report = send_report("Kabar kedua.", at=chain.now, desk=chain.desk)
    link_report(chain.event.pk, report.pk, by=people.actor(chain.ratna), at=chain.now)
    client = enter(chain.ratna)
    assert "Pisahkan sebagian" in text_of(client, "event", chain.event.pk)
    detach_report(chain.event.pk, report.pk, by=people.actor(chain.ratna), at=chain.now, reason="Lain.")
    assert "Pisahkan sebagian" not in text_of(client, "event", chain.event.pk)
