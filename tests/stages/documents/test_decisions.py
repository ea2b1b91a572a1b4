"""The day's text as a plain function: unverified never outside its box, and no line forged from what people wrote."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kentongan.documents.decisions import (
    DISCLAIMER,
    UNVERIFIED_MARK,
    AlertLine,
    DailyFigures,
    EventLine,
    TaskLine,
    daily_text,
)

BOX = f"┌ {UNVERIFIED_MARK}"
HEADINGS = {"PERISTIWA", "PERINGATAN", "TINDAK LANJUT", BOX}
EMPTY = DailyFigures("Kab. Waluku", "Kam 12 Nov 2026", "15.00 WIB", 0, 0, [], [], [])
# What somebody might type to forge a line: line ends of every kind, headings, box signs, direction marks, NUL.
_BREAKS = ["\n", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\u202e", "\u200b"]
_PRETENCES = ["│ ", "┌ ", "- PR-0001 ", "PERINGATAN", "NIHIL:", "Ujung rantai audit 1:aa", UNVERIFIED_MARK]
_WORDS = ["[terkonfirmasi, A1]", "tugu dicoret", " "]
forgeries = st.lists(st.sampled_from([*_BREAKS, *_PRETENCES, *_WORDS]), max_size=8).map("".join)
words = st.one_of(forgeries, st.text(max_size=30))
event_lines = st.builds(
    EventLine,
    number=st.integers(1, 9999).map("PR-{:04d}".format),
    title=words,
    verification=st.just("belum diverifikasi"),
    grade=st.just("F6"),
    summary=words,
    outcome=st.sampled_from(["", "terjadi, tidak meluas"]),
    confirmed=st.booleans(),
)
alert_lines = st.builds(
    AlertLine,
    number=st.integers(1, 999).map("PG-{:03d}".format),
    level=st.sampled_from(["WASPADA", "SIAGA", "AWAS"]),
    message=words,
    owner=words,
    first_action=words,
    acknowledged=st.integers(0, 3),
    addressed=st.integers(0, 3),
    state=st.just("aktif"),
    unverified=st.booleans(),
)
task_lines = st.builds(
    TaskLine,
    number=st.integers(1, 999).map("TL-{:03d}".format),
    agency=words,
    what=words,
    state=st.just("selesai"),
    due=st.just("12.00 WIB"),
    result=words,
    unverified=st.booleans(),
)
figures = st.builds(
    DailyFigures,
    area=st.just("Kab. Waluku"),  # of the official list, no words of a person
    day=st.just("Kam 12 Nov 2026"),
    cut_off=st.just("15.00 WIB"),
    reports=st.integers(0, 99),
    undecided=st.integers(0, 99),
    events=st.lists(event_lines, max_size=4, unique_by=lambda line: line.number),
    alerts=st.lists(alert_lines, max_size=3, unique_by=lambda line: line.number),
    tasks=st.lists(task_lines, max_size=3, unique_by=lambda line: line.number),
)


def text_of(said: DailyFigures, *, office: str = "Kesbangpol Waluku", edition: int = 1) -> str:
    return daily_text(said, office=office, edition=edition, audit_head="7:ab")


def lines_of(text: str) -> list[str]:
    """The lines as a careless reader's program would cut them, at every line end Unicode knows."""
    return text.splitlines()


@given(said=figures)
def test_an_unverified_event_stands_in_the_box_and_nowhere_else(said: DailyFigures) -> None:
    lines = lines_of(text_of(said))
    box = lines.index(BOX) if BOX in lines else len(lines)
    for line in said.events:
        own = [(place, row) for place, row in enumerate(lines) if re.match(rf"(│ )?- {line.number} ", row)]
        assert len(own) == 1
        place, row = own[0]
        assert (place > box and row.startswith("│ ")) == (not line.confirmed)


@given(said=figures)
def test_an_alert_or_task_on_an_unverified_event_carries_the_mark(said: DailyFigures) -> None:
    lines = lines_of(text_of(said))
    for line in [*said.alerts, *said.tasks]:
        row = next(row for row in lines if row.startswith(f"- {line.number} "))
        before = row if isinstance(line, TaskLine) else row.split(":")[0]
        assert not line.unverified or "[BELUM TERVERIFIKASI]" in before


@given(said=figures, office=words)
def test_no_words_of_a_person_make_a_line_of_their_own(said: DailyFigures, office: str) -> None:
    plain = replace(
        said,
        events=[replace(line, title="x", summary="x") for line in said.events],
        alerts=[replace(line, message="x", owner="x", first_action="x") for line in said.alerts],
        tasks=[replace(line, agency="x", what="x", result="x") for line in said.tasks],
    )
    forged, honest = lines_of(text_of(said, office=office)), lines_of(text_of(plain))
    assert len(forged) == len(honest)
    assert [line for line in forged if line in HEADINGS] == [line for line in honest if line in HEADINGS]
    assert [line[:9] for line in forged if line.startswith(("- ", "│ "))] == [
        line[:9] for line in honest if line.startswith(("- ", "│ "))
    ]


@given(said=figures)
def test_nothing_invisible_turns_a_line_round(said: DailyFigures) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text_of(said))


@given(said=figures)
def test_the_same_figures_always_give_the_same_text(said: DailyFigures) -> None:
    assert text_of(said) == text_of(said)


def test_a_day_without_anything_says_nihil() -> None:
    assert "\nNIHIL: tidak ada peristiwa" in text_of(EMPTY)
    busy = replace(
        EMPTY, tasks=[TaskLine("TL-001", "Polres", "Dialog", "aktif", "12.00", "", unverified=False)]
    )
    assert "NIHIL" not in text_of(busy)


def test_nil_still_says_how_many_reports_wait() -> None:
    assert "Laporan masuk: 4, belum diputuskan: 3." in text_of(replace(EMPTY, reports=4, undecided=3))


def test_alerts_carry_the_sentence_that_they_are_no_legal_status() -> None:
    alert = AlertLine("PG-001", "SIAGA", "Pesan", "Kesbangpol", "Rute", 1, 2, "aktif", unverified=False)
    text = text_of(replace(EMPTY, alerts=[alert]))
    assert f"\n{DISCLAIMER}\n" in text
    assert DISCLAIMER not in text_of(EMPTY)


def test_only_a_further_edition_is_numbered() -> None:
    assert "edisi" not in text_of(EMPTY)
    assert "· edisi 2" in text_of(EMPTY, edition=2)


def test_an_outcome_stands_with_its_event() -> None:
    line = EventLine(
        "PR-0001", "Bentrok", "terkonfirmasi", "B2", "Di simpang.", "terjadi, meluas", confirmed=True
    )
    assert "Hasil: terjadi, meluas." in text_of(replace(EMPTY, events=[line]))
