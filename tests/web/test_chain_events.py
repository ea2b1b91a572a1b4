"""The dossier: what it says, its timeline, its folded forms, and who gets none."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kentongan.alerts.actions import acknowledge_alert
from kentongan.audit.queries import entries_by
from kentongan.verification.actions import verify_event
from kentongan.verification.decisions import Conclusion
from tests import people
from tests.stages.chain_world import checked
from tests.web.chain import (
    UNVERIFIED,
    Chain,
    enter,
    make_event,
    text_of,
)

pytestmark = pytest.mark.django_db


def judged(chain: Chain, verdict: Conclusion) -> None:
    """The checks done, and the verdict given."""
    who = people.actor(chain.ratna)
    checked(chain.event, by=who, at=chain.now)
    verify_event(chain.event.pk, verdict, by=who, at=chain.now)


def test_the_dossier_says_unverified_until_a_verdict_confirms(chain: Chain) -> None:
    client = enter(chain.ratna)
    before = text_of(client, "event", chain.event.pk)
    judged(chain, Conclusion("verified", 2, "B", "Foto cocok.", "2 foto"))
    after = text_of(client, "event", chain.event.pk)

    assert f"{UNVERIFIED} — jangan diteruskan." in before
    assert UNVERIFIED not in after
    assert "Foto cocok." in after


def test_what_was_found_untrue_says_so_on_event_alert_and_task(chain: Chain) -> None:
    verdict = Conclusion("refuted", 5, "C", "Foto lama dari tempat lain.")
    judged(chain, verdict)
    client = enter(chain.ratna)

    for name, row in (("event", chain.event), ("alert", chain.alert), ("task", chain.task)):
        assert "TIDAK BENAR menurut pemeriksaan" in text_of(client, name, row.pk), name
    assert "Tidak benar" in text_of(client, "alerts")


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


def test_a_refused_alert_keeps_its_message_and_recipients(chain: Chain) -> None:
    typed = {"level": "1", "message": "Pisah rute", "recipients": [str(chain.polres.pk)], "hours": "999"}
    answer = enter(chain.ratna).post(reverse("event_alert", args=[chain.event.pk]), typed)
    form = answer.context["alert_form"]

    assert answer.status_code == 422
    assert form["message"].value() == "Pisah rute"
    assert form["recipients"].value() == [str(chain.polres.pk)]


def test_forms_of_one_dossier_never_share_an_id(chain: Chain) -> None:
    answer = enter(chain.ratna).get(reverse("event", args=[chain.event.pk]))
    forms = [
        answer.context[f"{step}_form"]
        for step in ("alert", "task", "outcome", "move", "review", "share", "note", "watch")
    ]
    ids = [field.auto_id for form in forms for field in form]

    assert len(ids) == len(set(ids))


def test_a_dossier_has_one_main_button(chain: Chain) -> None:
    client = enter(chain.ratna)

    assert text_of(client, "event", chain.event.pk).count("btn--main") == 1
    assert (
        client.get(reverse("event", args=[chain.event.pk]) + "?buka=task").content.decode().count("btn--main")
        == 1
    )


def test_an_agency_that_is_only_addressed_gets_no_form_and_no_report(chain: Chain) -> None:
    page = text_of(enter(chain.alya), "event", chain.event.pk)

    assert "Langkah Anda" not in page
    assert "Laporan di baliknya" not in page
    assert "Lainnya" in page
    assert "Gabung ke peristiwa lain" not in page


def test_the_outcome_closes_the_dossiers_forms(chain: Chain) -> None:
    client = enter(chain.ratna)
    typed = {"occurred": "tidak", "spread": "tidak", "casualties": "", "why": "Mediasi berhasil."}
    # A task still runs: the outcome says why it is not needed any more.
    typed["cancel_reason"] = "Rute sudah dipisah."
    client.post(reverse("event_outcome", args=[chain.event.pk]), typed)
    page = text_of(client, "event", chain.event.pk)

    assert "korban belum diketahui" in page
    assert "Mediasi berhasil." in page
    for title in ("Usulkan peringatan", "Buat tindak lanjut", "Catat hasil akhir"):
        assert title not in page, title


def test_opening_a_dossier_leaves_a_trace_that_the_looker_can_see(chain: Chain) -> None:
    client = enter(chain.ratna)
    client.get(reverse("event", args=[chain.event.pk]))
    client.get(reverse("event", args=[chain.event.pk]))

    looks = entries_by(people.actor(chain.ratna).audit_name).filter(action="event.read")
    assert [entry.subject for entry in looks] == [f"event:{chain.event.pk}"]
    assert "Membuka peristiwa" in client.get(reverse("audit_own")).content.decode()
