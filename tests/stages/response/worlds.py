"""What several tests of the response stage need: the answers to the ten points, and a task taken to a state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kentongan.response.actions import (
    accept_task,
    cancel_task,
    check_task,
    finish_task,
    return_task,
    start_task,
)
from kentongan.response.decisions import Weighing
from kentongan.response.models import Task
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW

POINTS = (
    *("legal_basis", "aim", "facts", "gentler", "rights_affected", "least_form"),
    *("decided_by", "consulted", "counter_effect", "remedy"),
)


def weighing(**changes: Any) -> Weighing:
    values: dict[str, Any] = {
        "legal_basis": "UU 2/2002 pasal 18.",
        "aim": "Mencegah luka pada malam pengesahan.",
        "facts": "Dua rombongan bersenjata tajam terlihat di simpang.",
        "gentler_steps": (1, 2, 3),
        "gentler": "Dialog dan pengalihan rute dicoba; rombongan tetap bertemu.",
        "rights_affected": "Kebebasan bergerak; pedagang malam ikut terdampak.",
        "least_form": "Satu simpang, pukul 21.00 sampai 24.00.",
        "ends_on": date(2026, 11, 30),
        "review_on": date(2026, 11, 20),
        "decided_by": "Kapolres",
        "consulted": "Camat dan pengurus kedua perguruan.",
        "counter_effect": "Rombongan dapat pindah ke simpang lain.",
        "remedy": "Pengaduan ke Kompolnas dan Ombudsman.",
    }
    return Weighing(**values | changes)


def task_in_state(state: str, *, at: datetime = NOW, **changes: Any) -> Task:
    """A task that came to `state` by its own actions."""
    task, who = world.task(at=at, **changes), world.alya()
    ways: dict[str, tuple[str, ...]] = {
        "assigned": (),
        "accepted": ("accept",),
        "returned": ("return",),
        "in_progress": ("accept", "start"),
        "done": ("accept", "finish"),
        "checked": ("accept", "finish", "check"),
        "cancelled": ("cancel",),
    }
    for turn, step in enumerate(ways[state], start=1):
        _take(step, task.pk, who=who, at=at + turn * timedelta(minutes=1))
    return Task.rows.get(pk=task.pk)


def _take(step: str, number: int, *, who: Any, at: datetime) -> None:
    if step == "accept":
        accept_task(number, by=who, at=at)
    elif step == "return":
        return_task(number, reason="Bukan wilayah kami.", by=who, at=at)
    elif step == "start":
        start_task(number, by=who, at=at)
    elif step == "finish":
        finish_task(number, result="Rute dipisahkan.", by=who, at=at)
    elif step == "check":
        check_task(number, by=world.budi(), at=at)
    else:
        cancel_task(number, reason="Tidak perlu lagi.", by=world.budi(), at=at)


LATER = NOW + 30 * HOUR
