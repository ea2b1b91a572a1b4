"""The leaders' brief: frozen lines, five a section, nothing unconfirmed without its mark, one answer to each request."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.accounts.permissions import Permission
from kentongan.audit.models import AuditEntry
from kentongan.documents.actions import answer_request, issue_brief
from kentongan.documents.decisions.brief import (
    MARK,
    MOST_LINES,
    AlertFact,
    BriefFacts,
    EventFact,
    TaskFact,
    brief_lines,
    brief_text,
)
from kentongan.documents.models import Brief, BriefRequest
from kentongan.documents.queries import briefs_in
from tests import factories, people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, REGENCY, refused

TODAY = date(2026, 11, 12)
WORDS = st.text(max_size=60)
STATES = ["open", "resolved", "watch", "closed"]
VERDICTS = ["unverified", "in_progress", "verified", "partly", "refuted"]


@st.composite
def events(draw: st.DrawFn) -> EventFact:
    verdict = draw(st.sampled_from(VERDICTS))
    return EventFact(
        pk=draw(st.integers(1, 99)),
        title=("YAKIN " if verdict in {"verified", "partly"} else "RAGU ") + draw(WORDS),
        state=draw(st.sampled_from(STATES)),
        verification=verdict,
        confirmed=verdict in {"verified", "partly"},
        severity=draw(st.none() | st.integers(1, 5)),
        is_new=draw(st.booleans()),
        moved=draw(st.booleans()),
        happens_on=TODAY + timedelta(days=draw(st.integers(-3, 12))),
    )


@st.composite
def alerts(draw: st.DrawFn) -> AlertFact:
    confirmed = draw(st.booleans())
    addressed = draw(st.integers(1, 5))
    return AlertFact(
        pk=draw(st.integers(1, 99)),
        title=("YAKIN " if confirmed else "RAGU ") + draw(WORDS),
        message=draw(WORDS),
        level=draw(st.integers(1, 3)),
        confirmed=confirmed,
        issued_now=draw(st.booleans()),
        ended_now=draw(st.booleans()),
        waits_for_approval=draw(st.booleans()),
        silent=draw(st.integers(0, addressed)),
        addressed=addressed,
    )


@st.composite
def tasks(draw: st.DrawFn) -> TaskFact:
    confirmed = draw(st.booleans())
    return TaskFact(
        pk=draw(st.integers(1, 99)),
        agency=("YAKIN " if confirmed else "RAGU ") + "Polres",
        what=draw(WORDS),
        due="12.00",
        overdue=draw(st.booleans()),
        returned=draw(st.booleans()),
        confirmed=confirmed,
    )


facts = st.builds(
    BriefFacts,
    today=st.just(TODAY),
    events=st.lists(events(), max_size=12),
    alerts=st.lists(alerts(), max_size=8),
    tasks=st.lists(tasks(), max_size=8),
    postures=st.just(()),
    silent=st.lists(st.tuples(WORDS, st.none() | st.integers(1, 90)), max_size=8),
)


@given(facts)
def test_what_nobody_has_confirmed_never_stands_unmarked(known: BriefFacts) -> None:
    lines = brief_lines(known)
    for section in lines.values():
        for line in section:
            refuted = str(line["text"]).endswith("tidak benar")
            if str(line["text"]).startswith("RAGU") and not refuted:
                assert line["unverified"]
    text = brief_text(lines, place="Waluku", cut_off="08.15", label="INTERNAL", asked=[])
    for line in text.splitlines():
        if "RAGU" in line and not line.endswith(("tidak benar", "…")):
            assert line.startswith(f"- {MARK}")


@given(facts)
def test_no_section_is_longer_than_a_leader_reads(known: BriefFacts) -> None:
    assert all(len(section) <= MOST_LINES for section in brief_lines(known).values())


@given(st.text(max_size=400))
def test_words_of_a_person_stay_one_plain_line(words: str) -> None:
    event = EventFact(1, words, "open", "verified", True, 3, True, False, TODAY)
    lines = brief_lines(BriefFacts(today=TODAY, events=[event]))
    plain = brief_text(lines, place=words, cut_off="08.15", label="INTERNAL", asked=[words])
    empty = brief_text(lines, place="x", cut_off="08.15", label="INTERNAL", asked=["x"])
    assert len(plain.splitlines()) == len(empty.splitlines())


@given(facts)
def test_the_same_facts_always_give_the_same_lines(known: BriefFacts) -> None:
    assert brief_lines(known) == brief_lines(known)


def test_a_flood_of_unverified_events_does_not_hide_a_silent_area() -> None:
    flood = [EventFact(n, f"RAGU {n}", "open", "unverified", False, 4, True, False, TODAY) for n in range(20)]
    unknown = brief_lines(BriefFacts(today=TODAY, events=flood, silent=[("Watukemukus", 16)]))["unknown"]
    assert unknown[0]["text"] == "Watukemukus: senyap 16 hari"


# --- issuing and answering


def issued(*requests: str) -> Brief:
    factories.waluku()
    return issue_brief(area=REGENCY, requests=requests, by=world.budi(), at=NOW)


def leader() -> Any:
    return people.actor(people.person("pimpinan"))


@pytest.mark.django_db
def test_only_the_head_of_division_asks_the_leader() -> None:
    factories.waluku()
    assert issue_brief(area=REGENCY, requests=(), by=world.ratna(), at=NOW)
    with refused("accounts.not_permitted"):
        issue_brief(area=REGENCY, requests=("Buka pertemuan.",), by=world.ratna(), at=NOW)


@pytest.mark.django_db
def test_more_than_five_requests_are_refused() -> None:
    with refused("documents.brief_asks_too_much"):
        issued(*["Minta."] * 6)


@pytest.mark.django_db
def test_the_answer_of_the_leader_is_kept_once_and_in_the_chain() -> None:
    row = issued("Bapak membuka pertemuan.").requests.get()
    answer_request(row.pk, answer="agreed", note="", by=leader(), at=NOW)
    with refused("documents.request_answered"):
        answer_request(row.pk, answer="asked_back", note="Kapan?", by=leader(), at=NOW)
    assert BriefRequest.objects.get(pk=row.pk).answer == "agreed"
    assert AuditEntry.objects.filter(action="brief.agreed", subject=f"brief:{row.brief_id}").count() == 1


@pytest.mark.django_db
def test_a_question_is_written_out_and_the_desk_cannot_answer_for_the_leader() -> None:
    row = issued("Bapak membuka pertemuan.").requests.get()
    with refused("documents.question_missing"):
        answer_request(row.pk, answer="asked_back", note=" ", by=leader(), at=NOW)
    with refused("documents.answer_unknown"):
        answer_request(row.pk, answer="mungkin", note="", by=leader(), at=NOW)
    with refused("accounts.not_permitted"):
        answer_request(row.pk, answer="agreed", note="", by=world.budi(), at=NOW)


@pytest.mark.django_db
def test_a_brief_stays_as_it_was_written() -> None:
    brief = issued()
    before = brief.lines
    world.event()
    assert Brief.rows.get(pk=brief.pk).lines == before


@pytest.mark.django_db
def test_another_regency_reads_no_brief_of_this_one() -> None:
    brief = issued()
    assert brief.pk in {row.pk for row in briefs_in(leader().scope_for(Permission.DOCUMENT_READ))}
    assert not briefs_in(world.stranger().scope_for(Permission.DOCUMENT_READ))
