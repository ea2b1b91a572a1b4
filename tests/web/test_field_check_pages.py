"""The card of an office on the spot: two taps, the edited summary alone, once; and how it is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kentongan.accounts.models import Account
from kentongan.audit.models import AuditEntry
from kentongan.verification.actions import FieldQuestion, ask_field_check, withdraw_field_check
from tests import people
from tests.stages.chain_world import agency_of
from tests.web.chain import Chain, enter, make_event, text_of

pytestmark = pytest.mark.django_db
QUESTION = "Apakah tugu di dusun itu dicoret?"


def village(chain: Chain) -> tuple[Account, Any]:
    """The village head, and an event in his village."""
    danu = people.tiga_pilar()
    return danu, make_event(chain.ratna, chain.desk, at=chain.now, area="99.01.01.2001")


def asked(chain: Chain, event: Any, who: Account, *, hours: int = 4) -> Any:
    question = FieldQuestion(agency_of(who).pk, QUESTION, chain.now + timedelta(hours=hours), "kejadian")
    return ask_field_check(event.pk, question, by=people.actor(chain.ratna), at=chain.now)


# --- the card


def test_the_list_leads_to_the_card_and_the_card_is_answered_by_one_press(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    client = enter(danu)

    assert reverse("field_check", args=[request.pk]) in text_of(client, "field_checks")
    card = text_of(client, "field_check", request.pk)
    for answer in ("true", "partly", "untrue", "unknown"):
        assert f'name="answer" value="{answer}"' in " ".join(card.split())
    sent = client.post(reverse("field_check", args=[request.pk]), {"answer": "true", "note": ""})
    assert sent["Location"] == reverse("field_checks")
    request.refresh_from_db()
    assert request.answer == "true"


def test_the_card_shows_the_edited_summary_and_nothing_of_the_event(chain: Chain) -> None:
    danu, event = village(chain)
    card = text_of(enter(danu), "field_check", asked(chain, event, danu).pk)

    assert QUESTION in card
    for hidden in (event.summary, event.number, "S-14", "LP-", "Bu Ratna"):
        assert hidden not in card


def test_an_answer_is_given_once_and_the_second_is_told_so(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    client, card = enter(danu), reverse("field_check", args=[request.pk])
    client.post(card, {"answer": "true"})
    again = client.post(card, {"answer": "untrue"})

    assert again.status_code == 422
    assert 'name="answer"' not in client.get(card).content.decode()


def test_a_press_without_an_answer_says_what_to_press(chain: Chain) -> None:
    danu, event = village(chain)
    answer = enter(danu).post(reverse("field_check", args=[asked(chain, event, danu).pk]), {"note": "Ya"})

    assert answer.status_code == 422
    assert "Tekan Benar" in answer.content.decode()
    assert "Ya</textarea>" in answer.content.decode()


def test_what_is_overdue_says_that_it_still_counts(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    type(request).rows.filter(pk=request.pk).update(
        asked_at=chain.now - timedelta(hours=9), due_at=chain.now - timedelta(hours=1)
    )
    client = enter(danu)

    assert "jawaban tetap diterima" in text_of(client, "field_checks")
    client.post(reverse("field_check", args=[request.pk]), {"answer": "partly"})
    assert "terlambat" in text_of(client, "field_checks")


def test_a_card_that_was_taken_back_asks_nothing(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    withdraw_field_check(request.pk, by=people.actor(chain.ratna), at=chain.now)
    client = enter(danu)

    assert "Tidak ada yang perlu dicek" in text_of(client, "field_checks")
    assert "sudah ditarik" in text_of(client, "field_check", request.pk)


def test_another_office_is_not_even_told_that_the_card_exists(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)

    assert "tidak ada di antara" in text_of(enter(chain.alya), "field_check", request.pk, status=404)
    assert enter(chain.ratna).get(reverse("field_check", args=[request.pk])).status_code == 403


def test_opening_the_card_leaves_a_trace(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    text_of(enter(danu), "field_check", request.pk)

    assert AuditEntry.objects.filter(action="field_check.read", actor=f"akun:{danu.pk}").count() == 1


# --- asking


def ask_form(chain: Chain, agency: int, **changes: str) -> dict[str, Any]:
    due = (chain.now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    return {"agency": str(agency), "item": "kejadian", "question": QUESTION, "due_at": due, **changes}


def test_the_question_begins_with_kind_place_and_day(chain: Chain) -> None:
    _danu, event = village(chain)
    here = reverse("event_verify", args=[event.pk])
    form = enter(chain.ratna).get(here, {"bagian": "lapangan"}).context["form"]

    assert "Sumberluku" in form["question"].value()
    assert "14 Nov 2026" in form["question"].value()


def test_the_answer_appears_at_the_line_and_settles_nothing(chain: Chain) -> None:
    danu, event = village(chain)
    analyst = enter(chain.ratna)
    sent = analyst.post(reverse("event_field_check", args=[event.pk]), ask_form(chain, agency_of(danu).pk))
    assert sent.status_code == 302
    request = analyst.get(reverse("event_verify", args=[event.pk])).context["requests"][0]["request"]
    enter(danu).post(
        reverse("field_check", args=[request.pk]), {"answer": "untrue", "note": "Tidak ada coretan."}
    )
    answer = analyst.get(reverse("event_verify", args=[event.pk]))
    line = next(row["line"] for row in answer.context["checks"] if row["line"].item == "kejadian")

    assert "Tidak ada coretan." in answer.content.decode()
    assert line.status == "asked"


def test_a_refused_question_keeps_what_was_typed(chain: Chain) -> None:
    danu, event = village(chain)
    typed = ask_form(chain, agency_of(danu).pk, question="Benarkah kata S-14?")
    answer = enter(chain.ratna).post(reverse("event_field_check", args=[event.pk]), typed)

    assert answer.status_code == 422
    assert "Hapus nomor sumber" in answer.content.decode()
    assert "Benarkah kata S-14?" in answer.content.decode()


def test_where_nobody_can_be_asked_the_page_says_what_to_do(chain: Chain) -> None:
    event = make_event(chain.ratna, chain.desk, at=chain.now, area="99.01.03")
    type(chain.polres).objects.filter(pk=chain.polres.pk).update(active=False)
    here = reverse("event_verify", args=[event.pk])
    page = enter(chain.ratna).get(here, {"bagian": "lapangan"}).content.decode()

    assert "Tidak ada yang dapat ditanya di tempat itu" in page


def test_a_question_is_taken_back_by_one_press(chain: Chain) -> None:
    danu, event = village(chain)
    request = asked(chain, event, danu)
    client = enter(chain.ratna)
    client.post(reverse("event_field_check_withdraw", args=[event.pk, request.pk]))
    request.refresh_from_db()

    assert request.withdrawn_at is not None
