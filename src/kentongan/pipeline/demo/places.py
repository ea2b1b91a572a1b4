"""Provinsi Bimasakti Raya, code 99: no name equals that of a real region (a test compares all of them).

Names are coined from Javanese star names. The official list uses the prefixes 11 to 96. The outlines are generated, and
lie in open sea.
"""

from __future__ import annotations

from datetime import datetime

from kentongan.places.actions import draw_boundaries
from kentongan.places.boundary_drawing import drawn_boundaries

SOURCE = "peragaan"
TIME_ZONE = "Asia/Jakarta"
ROOT = "99"
SEED = 24

# (code, official name); villages of kecamatan are numbered from 2001.
UPPER: tuple[tuple[str, str], ...] = (
    ("99", "Bimasakti Raya"),
    ("99.01", "Kabupaten Waluku"),
    ("99.01.01", "Tegalwuku"),
    ("99.01.02", "Watukemukus"),
    ("99.01.03", "Banyupanjer"),
    ("99.01.04", "Walukuning"),
    ("99.01.05", "Bimawuluh"),
    ("99.01.06", "Panjerlintang"),
    ("99.01.07", "Jakawuluh"),
    ("99.02", "Kabupaten Lintang Wuluh"),
    ("99.02.01", "Karangwuluh Lor"),
    ("99.02.02", "Wuluhpenceng"),
    ("99.03", "Kabupaten Pesisir Panjer"),
    ("99.04", "Kabupaten Kepulauan Gumarang"),
    ("99.71", "Kota Penceng"),
)

VILLAGES: dict[str, tuple[str, ...]] = {
    "99.01.01": ("Sumberluku", "Tegalwuku Wetan", "Lukuwungu", "Panjerwungu", "Kemukuspanjer"),
    "99.01.02": ("Watukemukus Kidul", "Kemukusluku", "Wuluhwatu"),
    "99.01.03": ("Banyupanjer Lor", "Kalipanjer", "Lukupanjer"),
    "99.01.04": ("Walukuning Lor", "Kuningluku"),
    "99.01.05": ("Bimawuluh Kidul", "Lintangbima"),
    "99.02.01": ("Karangmukus", "Wuluhkarang"),
    "99.02.02": ("Pencengwuluh", "Wuluhgumarang"),
}


def rows() -> list[tuple[str, str]]:
    """Every coined region as (code, official name)."""
    villages = [
        (f"{district}.{2001 + number}", name)
        for district, names in VILLAGES.items()
        for number, name in enumerate(names)
    ]
    return [*UPPER, *villages]


def draw(*, at: datetime, actor: str) -> None:
    """Give every coined region its outline."""
    batch = drawn_boundaries(ROOT, (code for code, _ in rows()), seed=SEED)
    draw_boundaries(batch, root=ROOT, at=at, actor=actor)
