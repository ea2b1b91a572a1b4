"""The playbooks as people read them: for staff and for an agency that is addressed, in both languages."""

from __future__ import annotations

from datetime import date
from html import escape

import pytest

from kentongan.policy import policy_on
from tests.web.chain import Chain, enter, text_of

pytestmark = pytest.mark.django_db
PLAYBOOKS = policy_on(date(2026, 11, 12)).playbooks


def test_the_section_lists_every_playbook_with_its_first_step(chain: Chain) -> None:
    text = text_of(enter(chain.ratna), "policy_section", "buku-saku")
    for code, playbook in PLAYBOOKS.items():
        assert f'href="/aturan/buku-saku/{code}/"' in text
        assert escape(playbook.first_action.id) in text


@pytest.mark.parametrize("code", PLAYBOOKS)
def test_an_agency_reads_the_ladder_and_where_the_check_is_needed(chain: Chain, code: str) -> None:
    text = text_of(enter(chain.alya), "playbook", code)
    playbook = PLAYBOOKS[code]
    for each in (*(measure.what for measure in playbook.measures), *playbook.avoid, *playbook.rights):
        assert escape(each.id) in text
    assert text.count("uji proporsionalitas sepuluh butir") == 1


def test_a_playbook_in_english_uses_the_english_words(chain: Chain) -> None:
    client = enter(chain.ratna)
    client.cookies["django_language"] = "en"
    assert escape(PLAYBOOKS["hoaks-01"].first_action.en) in text_of(client, "playbook", "hoaks-01")


def test_a_playbook_that_does_not_exist_is_refused(chain: Chain) -> None:
    text_of(enter(chain.ratna), "playbook", "silat-99", status=404)


def test_the_dossier_leads_to_the_playbook_of_its_type(chain: Chain) -> None:
    text = text_of(enter(chain.ratna), "event", chain.event.pk)
    for playbook in policy_on(chain.now.date()).playbooks_for(chain.event.type_code):
        assert f'href="/aturan/buku-saku/{playbook.code}/"' in text
