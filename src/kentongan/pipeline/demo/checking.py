"""How the demo's event was checked before its verdict: lines, evidence, what the village and the police answered.

One question is still open, so that the village head has something to answer on his phone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from kentongan.accounts.actors import Actor
from kentongan.verification.actions import (
    FieldQuestion,
    NewEvidence,
    add_evidence,
    answer_field_check,
    ask_field_check,
    set_check,
)

PAINT = "Tugu di Dusun Kukusan Wetan dicoret cat putih sejak kemarin malam. Apakah benar?"
CROWD = "Acara pengesahan Sabtu malam: apakah benar akan datang lebih dari seratus orang?"

LINES: tuple[tuple[str, str, str], ...] = (
    ("tempat", "proven", "Dusun Kukusan Wetan: foto tugu, keterangan desa."),
    ("waktu", "proven", "Sabtu pukul 21.00: undangan pengesahan."),
    ("kejadian", "proven", "Coretan di tugu dilihat petugas desa."),
    ("pihak", "proven", "Dua perguruan (kelompok)."),
    ("senjata", "cannot", "Belum ada yang berkumpul."),
)
EVIDENCE = (
    NewEvidence("document", "Undangan acara pengesahan, Sabtu pukul 21.00.", "Panitia acara", "waktu"),
    NewEvidence("statement", "Coretan cat putih pada dua sisi tugu.", "Desa Sumberluku", "kejadian"),
)


def check(
    event: int, *, analyst: Actor, village_head: Actor, offices: Mapping[str, int], at: datetime
) -> None:
    """Everything that was done before the verdict, within eleven minutes from `at`."""
    first = ask_field_check(
        event,
        FieldQuestion(offices["sumberluku"], PAINT, at + timedelta(hours=1), "kejadian"),
        by=analyst,
        at=at,
    )
    answer_field_check(
        first.pk,
        answer="true",
        note="Sudah saya lihat, cat belum kering.",
        by=village_head,
        at=at + timedelta(minutes=6),
    )
    for minute, piece in enumerate(EVIDENCE, start=7):
        add_evidence(event, piece, by=analyst, at=at + timedelta(minutes=minute))
    for item, status, finding in LINES:
        set_check(event, item=item, status=status, finding=finding, by=analyst, at=at + timedelta(minutes=10))
    ask_field_check(
        event,
        FieldQuestion(offices["sumberluku"], CROWD, at + timedelta(hours=5), "jumlah"),
        by=analyst,
        at=at + timedelta(minutes=11),
    )
