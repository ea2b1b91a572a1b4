"""The demo's two key holders: two bodies of which neither answers to the other, each with a fresh pair of keys.

A real holder makes its keys on its own machine and no file of the server ever sees the private one. A visitor of
the demo plays both holders, so here the recovery sheets lie in a folder beside the database, marked as what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kentongan.edge.sealing import Slot
from kentongan.intake.disclosure import new_sheet, register_holder

FOLDER = "lembar-kunci-peragaan"
NOTE = (
    "Lembar kunci ini hanya ada di sini karena ini peragaan dengan data sintetis. Pada instansi sungguhan, lembar"
    " dibuat di komputer lembaga pemegang, dicetak, dan tidak pernah ada di server.\n"
)
# Slot, office of the demo, and the post that keeps the sheet.
HOLDERS: tuple[tuple[Slot, str, str], ...] = (
    ("A", "hukum", "Kepala Bagian Hukum"),
    ("B", "ombudsman", "Kepala Keasistenan Pemeriksaan"),
)


def hand_out_keys(bodies: Mapping[str, str], *, folder: Path, actor: str, at: datetime) -> None:
    """Give both offices (key: full name) their keys, and leave the sheets where a visitor finds them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "BACA-DAHULU.txt").write_text(NOTE, encoding="utf-8")
    for slot, office, post in HOLDERS:
        sheet = new_sheet(slot, body=bodies[office], on=at.date())
        register_holder(slot, sheet.public, body=bodies[office], office=post, actor=actor, at=at)
        path = folder / f"kunci-{slot}-{office}.txt"
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(sheet.text, encoding="utf-8")
