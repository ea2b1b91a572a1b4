"""The day's text as a plain function: unverified never outside its box, and no line forged from what people wrote."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.documents.decisions import (
    DISCLAIMER,
    UNVERIFIED_MARK,
    AlertLine,
    DailyFigures,
    EventLine,
    Layout,
    TaskLine,
    check_code,
    content_hash,
    daily_sections,
    in_messages,
    late_lines,
    marked,
    moved,
    number_for,
    pattern_fault,
    plain_text,
    unverified_items,
)

BOX = f"┌ {UNVERIFIED_MARK}"
HEADINGS = {BOX, "II. KEJADIAN MENONJOL", "IV. PERINGATAN DAN PENERIMAAN"}
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


def content(
    said: DailyFigures, texts: dict[str, str] | None = None, *, office: str = "Kesbangpol"
) -> dict[str, Any]:
    return {
        "title": "Laporan situasi daerah harian",
        "letterhead": Layout("", office, "BKP").letterhead(),
        "subtitle": f"{said.area} · {said.day}",
        "label": "Internal",
        "number": "1/LSD/BKP/XI/2026",
        "amends": "",
        "cut_off": said.cut_off,
        "sections": [each.as_plain() for each in daily_sections(said, texts or {})],
        "unverified": unverified_items(said),
        "signed_by": "Budi, Kabid",
        "basis": "UU 7/2012",
        "audit_head": "7:ab",
    }


def text_of(
    said: DailyFigures, *, office: str = "Kesbangpol Waluku", texts: dict[str, str] | None = None
) -> str:
    return plain_text(content(said, texts, office=office))


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


def test_a_day_without_confirmed_events_says_nihil() -> None:
    assert "\nNIHIL: tidak ada kejadian terverifikasi" in text_of(EMPTY)
    told = EventLine("PR-0001", "Bentrok", "terkonfirmasi", "B2", "Di simpang.", "", confirmed=True)
    assert "\nNIHIL" not in text_of(replace(EMPTY, events=[told]))


def test_nil_still_says_how_many_reports_wait() -> None:
    assert "Laporan masuk: 4, belum diputuskan: 3." in text_of(replace(EMPTY, reports=4, undecided=3))


def test_alerts_carry_the_sentence_that_they_are_no_legal_status() -> None:
    alert = AlertLine("PG-001", "SIAGA", "Pesan", "Kesbangpol", "Rute", 1, 2, "aktif", unverified=False)
    text = text_of(replace(EMPTY, alerts=[alert]))
    assert f"\n{DISCLAIMER}\n" in text
    assert DISCLAIMER not in text_of(EMPTY)


def test_an_outcome_stands_with_its_event() -> None:
    line = EventLine(
        "PR-0001", "Bentrok", "terkonfirmasi", "B2", "Di simpang.", "terjadi, meluas", confirmed=True
    )
    assert "Hasil: terjadi, meluas." in text_of(replace(EMPTY, events=[line]))


@given(said=figures, note=words, code=st.sampled_from(["situasi", "analisis", "prediksi", "saran"]))
def test_a_number_that_nobody_confirmed_is_marked_wherever_a_person_writes_it(
    said: DailyFigures, note: str, code: str
) -> None:
    written = " ".join([note, *(line.number for line in said.events)])
    section = next(each for each in daily_sections(said, {code: written}) if each.code == code)
    for line in said.events:
        if not line.confirmed:
            assert section.written.count(line.number) == section.written.count(
                f"{line.number} [BELUM TERVERIFIKASI]"
            )


@given(said=figures)
def test_figures_come_back_from_their_plain_form(said: DailyFigures) -> None:
    assert DailyFigures.from_plain(json.loads(json.dumps(said.as_plain()))).as_plain() == said.as_plain()


@given(said=figures, order=st.lists(st.sampled_from(["saran", "kejadian", "tidak_ada"]), unique=True))
def test_no_order_of_an_office_takes_a_section_away(said: DailyFigures, order: list[str]) -> None:
    told = daily_sections(said, {}, order=[(code, "Judul") for code in order])
    known = [code for code in order if code != "tidak_ada"]
    assert [each.code for each in told][: len(known)] == known
    assert {each.code for each in told} == {each.code for each in daily_sections(said, {})}


def test_only_what_moved_is_named() -> None:
    before, now = EMPTY.as_plain(), replace(EMPTY, reports=3).as_plain()
    assert [(each.key, each.was, each.now) for each in moved(before, now)] == [("reports", 0, 3)]
    assert moved(before, before) == []


def test_an_addendum_tells_what_is_new_or_changed_alone() -> None:
    old = EventLine("PR-0001", "Bentrok", "terkonfirmasi", "B2", "Di simpang.", "", confirmed=True)
    new = replace(old, number="PR-0002")
    signed = replace(EMPTY, events=[old]).as_plain()
    assert late_lines(signed, replace(EMPTY, events=[old, new]).as_plain()) == [
        replace(EMPTY, events=[new]).as_plain()["events"][0]
    ]
    changed = replace(old, outcome="terjadi, meluas")
    assert len(late_lines(signed, replace(EMPTY, events=[changed]).as_plain())) == 1


@given(text=st.text(alphabet=st.sampled_from("kata │┌-\n"), max_size=600), most=st.integers(200, 400))
def test_messages_fit_and_lose_no_word(text: str, most: int) -> None:
    parts = in_messages(text, most=most)
    assert all(len(each) <= most for each in parts)
    told = "".join(parts)
    for letter in "kta":
        assert told.count(letter) >= text.count(letter)


def test_a_part_that_goes_on_inside_the_box_says_so() -> None:
    lines = [
        EventLine(f"PR-{n:04d}", "Selebaran", "belum", "F6", "x" * 90, "", confirmed=False) for n in range(60)
    ]
    parts = in_messages(text_of(replace(EMPTY, events=lines)))
    assert len(parts) > 1
    for part in parts:
        rows = part.splitlines()
        first = next((place for place, row in enumerate(rows) if row.startswith("│")), None)
        assert first is None or any(row.startswith("┌ BELUM TERVERIFIKASI") for row in rows[:first])


def test_numbers_are_spelled_by_the_pattern() -> None:
    day = date(2026, 11, 12)
    spelled = number_for(
        "{no}/{kode}/{kantor}/{bulan}/{tahun}", serial=316, product="LSD", office="BKP", day=day
    )
    assert spelled == "316/LSD/BKP/XI/2026"
    late = number_for(
        "{no}/{kode}/{kantor}/{bulan}/{tahun}", serial=316, product="LSD", office="BKP", day=day, addendum=1
    )
    assert late == "316.A1/LSD/BKP/XI/2026"


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("{no}/{kode}/{kantor}/{bulan}/{tahun}", ""),
        ("{no}-{tahun}", ""),
        ("{no}", "incomplete"),
        ("tetap", "incomplete"),
        ("{no}/{tahun}/{nama}", "unreadable"),
        ("{no}/{tahun", "unreadable"),
        ("{no.__class__}/{tahun}", "unreadable"),
        ("{no!r}/{tahun}", "unreadable"),
        ("{no:>9}/{tahun}", "unreadable"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str, fault: str) -> None:
    assert pattern_fault(pattern) == fault


def test_the_hash_is_of_the_content_and_not_of_the_order_it_was_written_in() -> None:
    assert content_hash({"a": 1, "b": "é"}) == content_hash({"b": "é", "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})
    assert check_code("0123456789abcdef" + "0" * 48) == "0123-4567-89AB-CDEF"


def test_marking_does_not_touch_other_numbers() -> None:
    assert marked("PR-0001 dan PR-00012", {"PR-0001"}) == "PR-0001 [BELUM TERVERIFIKASI] dan PR-00012"


def test_a_layout_comes_back_from_its_plain_form() -> None:
    layout = Layout("Pemerintah", "Kantor", "BKP", auto_draft=True)
    assert Layout.from_plain(json.loads(json.dumps(layout.as_plain()))) == layout
