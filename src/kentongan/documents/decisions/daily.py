"""The day's text report, as a plain function of its figures: the same figures always give the same text.

Unverified items stand in a box of their own and carry their mark; a day without anything says so, and says what
was not reported: nil is not silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kentongan.analysis.text.normalise import clean_text

UNVERIFIED_MARK = "BELUM TERVERIFIKASI — jangan diteruskan."
DISCLAIMER = "Tingkat peringatan internal — bukan penetapan status keadaan konflik."


@dataclass(frozen=True, slots=True)
class EventLine:
    number: str
    title: str
    verification: str
    grade: str
    summary: str
    outcome: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class AlertLine:
    number: str
    level: str
    message: str
    owner: str
    first_action: str
    acknowledged: int
    addressed: int
    state: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class TaskLine:
    number: str
    agency: str
    what: str
    state: str
    due: str
    result: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class DailyFigures:
    """Everything the report says, frozen at its cut-off. Counts are of the maker's scope; None would mean unknown."""

    area: str
    day: str
    cut_off: str
    reports: int
    undecided: int
    events: Sequence[EventLine]
    alerts: Sequence[AlertLine]
    tasks: Sequence[TaskLine]

    def as_plain(self) -> dict[str, object]:
        return asdict(self)


def daily_text(figures: DailyFigures, *, office: str, edition: int, audit_head: str) -> str:
    """The report as plain text, ready to be copied into a message; lines of at most what was written."""
    confirmed = [line for line in figures.events if line.confirmed]
    unverified = [line for line in figures.events if not line.confirmed]
    parts = [
        f"LAPORAN HARIAN · {_one_line(office)}",
        f"{_one_line(figures.area)} · {figures.day}" + (f" · edisi {edition}" if edition > 1 else ""),
        f"Batas data {figures.cut_off}",
        "",
        f"Laporan masuk: {figures.reports}, belum diputuskan: {figures.undecided}.",
    ]
    if not figures.events and not figures.alerts and not figures.tasks:
        parts += ["", "NIHIL: tidak ada peristiwa, peringatan, atau tugas yang dicatat hari ini."]
    parts += _section("PERISTIWA", [_event(line) for line in confirmed])
    parts += _section("PERINGATAN", [_alert(line) for line in figures.alerts], end=DISCLAIMER)
    parts += _section("TINDAK LANJUT", [_task(line) for line in figures.tasks])
    parts += _section(f"┌ {UNVERIFIED_MARK}", [f"│ {_event(line)}" for line in unverified])
    parts += ["", f"Ujung rantai audit {audit_head}"]
    return "\n".join(parts) + "\n"


def _section(title: str, lines: Sequence[str], *, end: str = "") -> list[str]:
    return ["", title, *lines, *([end] if end else [])] if lines else []


def _event(line: EventLine) -> str:
    outcome = f" Hasil: {line.outcome}." if line.outcome else ""
    return f"- {line.number} {_one_line(line.title)} [{line.verification}, {line.grade}]: {_one_line(line.summary)}{outcome}"


def _alert(line: AlertLine) -> str:
    return (
        f"- {line.number} {line.level}{_mark(line)}: {_one_line(line.message)} "
        f"Pemilik {_one_line(line.owner)}; tindakan pertama: "
        f"{_one_line(line.first_action)}; diterima {line.acknowledged} dari {line.addressed}; {line.state}."
    )


def _task(line: TaskLine) -> str:
    result = f" Hasil: {_one_line(line.result)}" if line.result else ""
    asked = f"{_one_line(line.agency)}{_mark(line)}: {_one_line(line.what)}"
    return f"- {line.number} {asked} [{line.state}, tenggat {line.due}].{result}"


def _mark(line: AlertLine | TaskLine) -> str:
    """What hangs on an event that nobody has confirmed says so, wherever it stands."""
    return " [BELUM TERVERIFIKASI]" if line.unverified else ""


def _one_line(text: str) -> str:
    """A person's words never break out of their line, nor turn it round: no line can be forged from a text field."""
    return " ".join(clean_text(text).split())
