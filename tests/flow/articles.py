"""Invented articles with the traps of real ones, written where a test can read them."""

from __future__ import annotations

from pathlib import Path

TUGU = """Tugu Perguruan di Tegalwuku Dicoret, Dua Pihak Diminta Menahan Diri

TEGALWUKU - Tugu sebuah perguruan pencak silat di Desa Sumberluku, Kec. Tegalwuku, Kab. Waluku, dicoret orang tak dikenal
pada Rabu, 11 November 2026 malam. Warga menemukan coretan itu saat akan berangkat ke ladang.

Ajakan konvoi beredar untuk Sabtu malam, bersamaan dengan malam pengesahan perguruan lain. Camat Tegalwuku meminta kedua
perguruan tidak menanggapi ajakan itu. Keterangan lebih lanjut dapat diminta lewat 0812-3456-7890.
"""


def write(folder: Path, **articles: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
