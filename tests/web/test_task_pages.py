"""Tasks on their pages: the board, both sides of the card, the ten points, reviews and lessons, the file."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from kentongan.response.actions import accept_task, finish_task
from tests import people
from tests.web.chain import UNVERIFIED, Chain, enter, text_of


def test_the_board_shows_each_state_and_marks_what_is_unverified(chain: Chain) -> None:
    page = enter(chain.ratna).get(reverse("tasks") + "?lihat=papan").content.decode()
    for word in ("Ditugaskan", "Diterima", "Berjalan", "Selesai", "Diperiksa", chain.task.number, UNVERIFIED):
        assert word in page


def test_the_giving_side_sends_a_result_back_and_checks_it(chain: Chain) -> None:
    alya, client = people.actor(chain.alya), enter(chain.ratna)
    accept_task(chain.task.pk, by=alya, at=chain.now)
    finish_task(chain.task.pk, result="Rute dipisah.", by=alya, at=chain.now)
    refused = client.post(reverse("task_send_back", args=[chain.task.pk]), {"reason": ""})
    assert (refused.status_code, "tulis alasannya" in refused.content.decode()) == (422, True)
    client.post(reverse("task_send_back", args=[chain.task.pk]), {"reason": "Foto belum ada."})
    assert "Foto belum ada." in text_of(client, "task", chain.task.pk)
    finish_task(chain.task.pk, result="Rute dipisah, foto ada.", by=alya, at=chain.now)
    client.post(reverse("task_check", args=[chain.task.pk]))
    assert "diperiksa" in text_of(client, "task", chain.task.pk)


def test_who_only_does_the_task_sees_nothing_of_the_giving_side(chain: Chain) -> None:
    page = text_of(enter(chain.alya), "task", chain.task.pk)
    assert "Batalkan tugas" not in page


def test_the_file_marks_what_is_unverified(chain: Chain) -> None:
    text = enter(chain.ratna).get(reverse("tasks_file")).content.decode()
    assert "BELUM TERVERIFIKASI" in text
    assert chain.task.number in text


def test_a_measure_that_restricts_rights_is_refused_on_its_page_while_nothing_is_verified(
    chain: Chain,
) -> None:
    client = enter(chain.ratna)
    assert "Dasar hukum" in text_of(client, "event_coercion", chain.event.pk)
    answer = client.post(reverse("event_coercion_give", args=[chain.event.pk]), _coercion(chain))
    assert answer.status_code == 422
    assert "belum terverifikasi tidak dapat menjadi dasar" in answer.content.decode()


def test_the_list_of_checks_the_lessons_and_the_review_say_when_there_is_nothing(chain: Chain) -> None:
    client: Client = enter(chain.ratna)
    assert "Belum ada tindakan yang membatasi hak" in text_of(client, "checks")
    assert "Belum ada pelajaran" in text_of(client, "lessons")
    assert "Belum ada hasil" in text_of(client, "event_review_after", chain.event.pk)


def test_a_review_is_written_after_the_outcome_and_becomes_a_lesson(chain: Chain) -> None:
    client = enter(chain.ratna)
    ending = {"occurred": "tidak", "spread": "tidak", "why": "Diredam.", "cancel_reason": "Sudah selesai."}
    client.post(reverse("event_outcome", args=[chain.event.pk]), ending)
    answers = dict.fromkeys(("planned", "happened", "difference", "keep"), "Sesuai.")
    client.post(
        reverse("event_review_write", args=[chain.event.pk]), answers | {"improve": "Foto lebih cepat."}
    )
    assert "Foto lebih cepat." in text_of(client, "lessons")


def _coercion(chain: Chain) -> dict[str, object]:
    words = ("legal_basis", "aim", "facts", "gentler", "rights_affected", "least_form")
    more = ("decided_by", "consulted", "counter_effect", "remedy")
    return dict.fromkeys((*words, *more), "Ada.") | {
        "what": "Bubarkan.",
        "measure": 5,
        "agency": chain.polres.pk,
        "due_at": "2099-01-01T10:00",
        "gentler_steps": [1, 2],
        "ends_on": "2099-02-01",
        "review_on": "2099-01-15",
    }
