"""The leaders' brief as a plain function of frozen facts: the same facts always give the same lines.

Five lines a section at most, the gravest first. What nobody has confirmed stands in *belum diketahui*; where it must be
named elsewhere (an alert, a task hang on it) its line carries the mark. A person's words stay one plain line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from kentongan.analysis.text.normalise import clean_text

MOST_LINES = 5
MOST_CHARACTERS = 160
SEVERE = 3
SECTIONS = ("changed", "calmer", "unknown", "who", "next")
TITLES = {
    "changed": "YANG BERUBAH",
    "calmer": "YANG MEREDA",
    "unknown": "YANG BELUM DIKETAHUI",
    "who": "SIAPA BERBUAT APA",
    "next": "MINGGU DEPAN",
}
NOTHING = {
    "changed": "Tidak ada perubahan tingkat atau kejadian baru yang terverifikasi.",
    "calmer": "Belum ada yang dinyatakan mereda.",
    "unknown": "Tidak ada kabar berat yang menunggu pemeriksaan, dan tidak ada wilayah senyap.",
    "who": "Tidak ada tugas yang berjalan.",
    "next": "Tidak ada rencana atau kesiagaan yang tercatat.",
}
MARK = "[BELUM TERVERIFIKASI]"
CALM = frozenset({"resolved", "watch", "closed"})


@dataclass(frozen=True, slots=True)
class EventFact:
    """`is_new` and `moved`: made, or changed its state or verdict, since the brief before."""

    pk: int
    title: str
    state: str
    verification: str
    confirmed: bool
    severity: int | None
    is_new: bool
    moved: bool
    happens_on: date


@dataclass(frozen=True, slots=True)
class AlertFact:
    pk: int
    title: str
    message: str
    level: int
    confirmed: bool
    issued_now: bool
    ended_now: bool
    waits_for_approval: bool
    silent: int
    addressed: int


@dataclass(frozen=True, slots=True)
class TaskFact:
    pk: int
    agency: str
    what: str
    due: str
    overdue: bool
    returned: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PostureFact:
    pk: int
    place: str
    level: int
    until: str
    set_now: bool


@dataclass(frozen=True, slots=True)
class BriefFacts:
    today: date
    events: Sequence[EventFact] = ()
    alerts: Sequence[AlertFact] = ()
    tasks: Sequence[TaskFact] = ()
    postures: Sequence[PostureFact] = ()
    silent: Sequence[tuple[str, int | None]] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the words, the row they lead to, the level beside them, and whether nobody has confirmed it."""

    text: str
    kind: str = ""
    pk: int = 0
    level: int = 0
    unverified: bool = False


def brief_lines(facts: BriefFacts) -> dict[str, list[dict[str, object]]]:
    """The lines of every section, as plain values that can be frozen."""
    made = {
        "changed": _changed(facts),
        "calmer": _calmer(facts),
        "unknown": _unknown(facts),
        "who": _who(facts),
        "next": _next(facts),
    }
    return {name: [asdict(line) for line in lines[:MOST_LINES]] for name, lines in made.items()}


def brief_text(
    lines: dict[str, list[dict[str, object]]], *, place: str, cut_off: str, label: str, asked: Sequence[str]
) -> str:
    """The brief as text for a message: no markup, each line one line, what is unconfirmed marked."""
    parts = [f"RINGKASAN PIMPINAN · {one_line(place)}", f"Batas data {cut_off} · {label}"]
    for name in SECTIONS:
        if name == "next":
            parts += ["", "YANG KAMI MINTA", *(f"- {one_line(text)}" for text in asked or ["Tidak ada."])]
        said = [_as_text(line) for line in lines.get(name, [])] or [NOTHING[name]]
        parts += ["", TITLES[name], *(f"- {text}" for text in said)]
    parts += ["", "Tingkat peringatan internal — bukan penetapan status keadaan konflik."]
    return "\n".join(parts) + "\n"


def one_line(text: str) -> str:
    """A person's words never break out of their line, nor turn it round, nor outgrow it."""
    plain = " ".join(clean_text(text).split())
    return plain if len(plain) <= MOST_CHARACTERS else plain[: MOST_CHARACTERS - 1].rstrip() + "…"


def _as_text(line: dict[str, object]) -> str:
    mark = f"{MARK} " if line["unverified"] else ""
    return mark + one_line(str(line["text"]))


def _changed(facts: BriefFacts) -> list[Line]:
    alerts = [
        Line(one_line(f"{each.title}: {each.message}"), "alert", each.pk, each.level, not each.confirmed)
        for each in sorted(facts.alerts, key=lambda each: -each.level)
        if each.issued_now
    ]
    postures = [
        Line(one_line(f"{each.place}: kesiagaan sampai {each.until}"), "posture", each.pk, each.level)
        for each in sorted(facts.postures, key=lambda each: -each.level)
        if each.set_now
    ]
    named = {each.title for each in facts.alerts if each.issued_now}
    events = [
        Line(one_line(each.title), "event", each.pk)
        for each in _gravest(facts.events)
        if each.confirmed
        and each.state not in CALM
        and (each.is_new or each.moved)
        and each.title not in named
    ]
    return [*alerts, *postures, *events]


def _calmer(facts: BriefFacts) -> list[Line]:
    events = [
        Line(one_line(each.title), "event", each.pk)
        for each in _gravest(facts.events)
        if each.moved and each.confirmed and each.state in CALM
    ]
    refuted = [
        Line(one_line(f"{each.title}: tidak benar"), "event", each.pk)
        for each in facts.events
        if each.moved and each.verification == "refuted"
    ]
    alerts = [
        Line(one_line(f"{each.title}: dinyatakan aman"), "alert", each.pk, 0, not each.confirmed)
        for each in facts.alerts
        if each.ended_now
    ]
    return [*events, *alerts, *refuted]


def _unknown(facts: BriefFacts) -> list[Line]:
    alerts = [
        Line(
            one_line(f"{each.title}: {each.silent} dari {each.addressed} penerima belum menjawab"),
            "alert",
            each.pk,
            each.level,
            not each.confirmed,
        )
        for each in sorted(facts.alerts, key=lambda each: -each.level)
        if each.silent and not each.ended_now and not each.waits_for_approval
    ]
    events = [
        Line(one_line(each.title), "event", each.pk, 0, unverified=True)
        for each in _gravest(facts.events)
        if not each.confirmed
        and each.verification != "refuted"
        and each.state not in CALM
        and (each.severity is None or each.severity >= SEVERE)
    ]
    silent = [
        Line(
            one_line(f"{place}: " + ("belum pernah ada kabar" if days is None else f"senyap {days} hari")),
            "silent",
        )
        for place, days in facts.silent
    ]
    # One of each kind first: a flood of one must not hide the others.
    heads = [lines[0] for lines in (silent, events, alerts) if lines]
    return [*heads, *(line for lines in (events, alerts, silent) for line in lines[1:])]


def _who(facts: BriefFacts) -> list[Line]:
    return [
        Line(one_line(f"{each.agency}: {each.what} ({_when(each)})"), "task", each.pk, 0, not each.confirmed)
        for each in sorted(facts.tasks, key=lambda each: (not each.returned, not each.overdue))
    ]


def _when(task: TaskFact) -> str:
    if task.returned:
        return "dikembalikan, perlu keputusan"
    return f"terlambat sejak {task.due}" if task.overdue else f"tenggat {task.due}"


def _next(facts: BriefFacts) -> list[Line]:
    postures = [
        Line(one_line(f"{each.place}: kesiagaan sampai {each.until}"), "posture", each.pk, each.level)
        for each in facts.postures
        if not each.set_now
    ]
    events = [
        Line(one_line(each.title), "event", each.pk, 0, not each.confirmed)
        for each in sorted(facts.events, key=lambda each: each.happens_on)
        if 0 < (each.happens_on - facts.today).days <= 7
        and each.state not in CALM
        and each.verification != "refuted"
    ]
    return [*postures, *events]


def _gravest(events: Sequence[EventFact]) -> list[EventFact]:
    return sorted(events, key=lambda each: (-(each.severity or 0), -each.pk))
