"""The day's situation as plain figures, and the sections it is told in: the same figures always give the same words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kentongan.documents.decisions.content import (
    DISCLAIMER,
    SHORT_MARK,
    Figure,
    Part,
    Section,
    marked,
    one_line,
)

FIELDS = ("ideologi", "politik", "ekonomi", "sosial", "budaya", "hankam")
TEXTS = ("analisis", "prediksi", "saran")
SECTIONS: Mapping[str, str] = {
    "situasi": "Fakta: situasi per bidang",
    "kejadian": "Kejadian menonjol",
    "potensi": "Potensi",
    "peringatan": "Peringatan dan penerimaan",
    "langkah": "Langkah yang diambil",
    "kelengkapan": "Kelengkapan laporan",
    "analisis": "Analisis",
    "prediksi": "Prediksi",
    "saran": "Saran",
}
"""Code and usual title, in the usual order: facts before analysis, prediction and advice."""

_MOST_NAMES = 15


@dataclass(frozen=True, slots=True)
class EventLine:
    number: str
    title: str
    verification: str
    grade: str
    summary: str
    outcome: str
    confirmed: bool
    kind: str = "incident"
    state: str = ""
    fields: Sequence[str] = ()


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
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """Completeness: how many areas sent news, said nil, or were silent. Nil is not silence."""

    areas: int = 0
    news: int = 0
    nil: int = 0
    silent: int = 0
    silent_names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DailyFigures:
    """Everything the report says, frozen at its cut-off. Counts are of the maker's scope."""

    area: str
    day: str
    cut_off: str
    reports: int
    undecided: int
    events: Sequence[EventLine]
    alerts: Sequence[AlertLine]
    tasks: Sequence[TaskLine]
    new_potentials: int = 0
    changed_potentials: int = 0
    unowned_potentials: int = 0
    heard: Heard = field(default_factory=Heard)

    @property
    def is_nil(self) -> bool:
        return not any(event.confirmed for event in self.events)

    def as_plain(self) -> dict[str, Any]:
        """As the database keeps and gives it back: lists, numbers and words alone."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        plain["numbers"] = self.numbers()
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> DailyFigures:
        values = {name: each for name, each in plain.items() if name != "numbers"}
        return cls(
            **{
                **values,
                "events": [EventLine(**each) for each in plain["events"]],
                "alerts": [AlertLine(**each) for each in plain["alerts"]],
                "tasks": [TaskLine(**each) for each in plain["tasks"]],
                "heard": Heard(**plain.get("heard", {})),
            }
        )

    def numbers(self) -> dict[str, int]:
        """Every figure of the sentences under its key: what is compared when the data moved."""
        confirmed = sum(event.confirmed for event in self.events)
        return {
            "reports": self.reports,
            "undecided": self.undecided,
            "confirmed": confirmed,
            "unverified": len(self.events) - confirmed,
            "new_potentials": self.new_potentials,
            "changed_potentials": self.changed_potentials,
            "unowned_potentials": self.unowned_potentials,
            "alerts": len(self.alerts),
            "acknowledged": sum(alert.acknowledged for alert in self.alerts),
            "addressed": sum(alert.addressed for alert in self.alerts),
            "tasks": len(self.tasks),
            "overdue": sum(task.overdue for task in self.tasks),
            "areas": self.heard.areas,
            "news": self.heard.news,
            "nil": self.heard.nil,
            "silent": self.heard.silent,
        }


def daily_sections(
    figures: DailyFigures, texts: Mapping[str, str], *, order: Sequence[tuple[str, str]] = ()
) -> list[Section]:
    """The sections in the office's order and titles; one the office left out of its list follows at the end."""
    told = _told(figures)
    unverified = unverified_numbers(figures)
    chosen = [(code, title) for code, title in order if code in SECTIONS]
    left = [(code, title) for code, title in SECTIONS.items() if code not in dict(chosen)]
    return [
        Section(
            code=code,
            title=f"{_roman(place)}. {one_line(title)}",
            lines=told.get(code, ([], []))[0],
            items=told.get(code, ([], []))[1],
            written=marked(texts.get(code, ""), unverified),
        )
        for place, (code, title) in enumerate([*chosen, *left], start=1)
    ]


def unverified_items(figures: DailyFigures) -> list[str]:
    """What stands in the box, and nowhere else."""
    return [_event(line) for line in figures.events if not line.confirmed]


def unverified_numbers(figures: DailyFigures) -> frozenset[str]:
    return frozenset(line.number for line in figures.events if not line.confirmed)


def _told(figures: DailyFigures) -> dict[str, tuple[list[list[Part]], list[str]]]:
    confirmed = [line for line in figures.events if line.confirmed]
    incidents = [line for line in confirmed if line.kind == "incident"]
    potentials = [line for line in confirmed if line.kind != "incident"]
    unverified = unverified_numbers(figures)
    return {
        "situasi": (_situation(figures, confirmed), []),
        "kejadian": (
            [] if incidents else [["Tidak ada kejadian terverifikasi."]],
            [marked(_event(line), unverified) for line in incidents],
        ),
        "potensi": (_potentials(figures), [marked(_event(line), unverified) for line in potentials]),
        "peringatan": (
            [*_alerts(figures), [DISCLAIMER]] if figures.alerts else [["Tidak ada peringatan yang berlaku."]],
            [marked(_alert(line), unverified) for line in figures.alerts],
        ),
        "langkah": (_tasks(figures), [marked(_task(line), unverified) for line in figures.tasks]),
        "kelengkapan": (_completeness(figures.heard), []),
    }


def _situation(figures: DailyFigures, confirmed: Sequence[EventLine]) -> list[list[Part]]:
    n = _figures_of(figures)
    nil: list[list[Part]] = (
        [["NIHIL: tidak ada kejadian terverifikasi pada hari ini."]] if figures.is_nil else []
    )
    by_field = {name: sum(name in line.fields for line in confirmed) for name in FIELDS}
    told = "; ".join(f"{name} {count or 'nihil'}" for name, count in by_field.items())
    return [
        *nil,
        [
            "Laporan masuk: ", n["reports"], ", belum diputuskan: ", n["undecided"], ". Peristiwa terverifikasi: ",
            n["confirmed"], "; belum terverifikasi: ", n["unverified"], " (dalam kotak tersendiri).",
        ],
        [f"Per bidang (satu peristiwa dapat menyangkut lebih dari satu): {told}."],
    ]  # fmt: skip


def _potentials(figures: DailyFigures) -> list[list[Part]]:
    n = _figures_of(figures)
    return [
        ["Potensi baru: ", n["new_potentials"], "; berubah: ", n["changed_potentials"],
         "; belum ada penanggung jawab: ", n["unowned_potentials"], "."],
    ]  # fmt: skip


def _alerts(figures: DailyFigures) -> list[list[Part]]:
    n = _figures_of(figures)
    return [
        ["Peringatan: ", n["alerts"], "; diterima ", n["acknowledged"], " dari ", n["addressed"], " pihak."]
    ]


def _tasks(figures: DailyFigures) -> list[list[Part]]:
    if not figures.tasks:
        return [["Tidak ada tugas yang berjalan."]]
    n = _figures_of(figures)
    return [["Tugas berjalan atau selesai hari ini: ", n["tasks"], "; lewat tenggat: ", n["overdue"], "."]]


def _completeness(heard: Heard) -> list[list[Part]]:
    if not heard.areas:
        return [["Tidak ada desa yang wajib lapor di wilayah ini."]]
    lines: list[list[Part]] = [
        ["Dari ", Figure("areas", str(heard.areas)), " desa: ", Figure("news", str(heard.news)), " melapor, ",
         Figure("nil", str(heard.nil)), " nihil, ", Figure("silent", str(heard.silent)),
         " senyap. Senyap bukan nihil."],
    ]  # fmt: skip
    if heard.silent_names:
        shown = ", ".join(one_line(name) for name in heard.silent_names[:_MOST_NAMES])
        more = len(heard.silent_names) - _MOST_NAMES
        lines.append([f"Senyap: {shown}{f' dan {more} lagi' if more > 0 else ''}."])
    return lines


def _figures_of(figures: DailyFigures) -> dict[str, Figure]:
    return {key: Figure(key, str(value)) for key, value in figures.numbers().items()}


def _event(line: EventLine) -> str:
    outcome = f" Hasil: {line.outcome}." if line.outcome else ""
    state = f", {line.state}" if line.state else ""
    told = f"{line.number} {one_line(line.title)} [{line.verification}, {line.grade}{state}]"
    return f"{told}: {one_line(line.summary)}{outcome}"


def _alert(line: AlertLine) -> str:
    return (
        f"{line.number} {line.level}{_mark(line)}: {one_line(line.message)} Pemilik {one_line(line.owner)}; "
        f"tindakan pertama: {one_line(line.first_action)}; diterima {line.acknowledged} dari {line.addressed}; "
        f"{line.state}."
    )


def _task(line: TaskLine) -> str:
    result = f" Hasil: {one_line(line.result)}" if line.result else ""
    late = ", LEWAT TENGGAT" if line.overdue else ""
    asked = f"{one_line(line.agency)}{_mark(line)}: {one_line(line.what)}"
    return f"{line.number} {asked} [{line.state}, tenggat {line.due}{late}].{result}"


def _mark(line: AlertLine | TaskLine) -> str:
    """What hangs on an event that nobody has confirmed says so, wherever it stands."""
    return f" {SHORT_MARK}" if line.unverified else ""


def _roman(number: int) -> str:
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[number - 1]
