"""What people carry on paper: a holder's recovery sheet, public keys and opened halves, each with its own
check.

A recovery sheet is seven lines of eight signs; each line ends in a word that a wrong sign changes, so a slip
of the pen is found in its line while typing. Pure; the ceremony (`kentongan keys`) prints and reads it.
"""

from __future__ import annotations

import hashlib
import html
import re
from datetime import date
from typing import get_args

from kentongan.edge.paper_codes import PAPER_ALPHABET, grouped, paper, unpaper, unpaper_signs
from kentongan.edge.problems import Problem
from kentongan.edge.sealing import KEY, Half, HolderKey, Slot, fingerprint

LINES, SIGNS = 7, 8
CHECK = 3  # bytes; with the key they fill the seven lines exactly
_CONSONANTS, _VOWELS = "bdfghjklmnprstwy", "aiuo"
_LINE = re.compile(
    r"^\s*(\d)\s*[.):]?\s+(\w{4})[\s.-]*(\w{4})[\s.=-]+([a-z]{6})\s*$",
    re.IGNORECASE | re.MULTILINE | re.ASCII,
)


def sheet_lines(private: bytes) -> list[str]:
    """The seven lines: `1. 7KQM 2XPA  barimo`."""
    signs = paper(private + _check(private))
    parts = [signs[start : start + SIGNS] for start in range(0, LINES * SIGNS, SIGNS)]
    return [f"{n}. {part[:4]} {part[4:]}  {_word(n, part)}" for n, part in enumerate(parts, start=1)]


def read_sheet(text: str) -> bytes:
    """The private key from a sheet, whole or only its lines. Raises Problem naming the line that does not
    fit.
    """
    found = {
        int(number): (unpaper_signs(left + right), word) for number, left, right, word in _LINE.findall(text)
    }
    for number in range(1, LINES + 1):
        if number not in found:
            raise Problem("vault.sheet_line_missing", line=number)
        signs, word = found[number]
        if not set(signs) <= set(PAPER_ALPHABET) or word.lower() != _word(number, signs):
            raise Problem("vault.sheet_line_wrong", line=number)
    whole = unpaper("".join(found[number][0] for number in range(1, LINES + 1)), size=KEY + CHECK)
    private, check = whole[:KEY], whole[KEY:]
    if check != _check(private):
        raise Problem("vault.sheet_wrong")
    return private


def public_code(public: bytes) -> str:
    """A public key as text, with its check: what the holder sends to the office."""
    return grouped(paper(public + _check(public)))


def read_public(text: str, *, slot: Slot) -> bytes:
    try:
        return _checked(text)
    except ValueError:
        raise Problem("vault.key_unreadable", slot=slot) from None


def half_code(half: Half) -> str:
    """An opened half as text: `A:7KQM-…`. Worth nothing without the other one and the server's sealed
    content.
    """
    return f"{half.slot}:{grouped(paper(half.share + _check(half.share)))}"


def read_half(text: str) -> Half:
    slot, _, signs = text.strip().partition(":")
    try:
        if slot.upper() not in get_args(Slot):
            raise ValueError(slot)
        return Half("A" if slot.upper() == "A" else "B", _checked(signs))
    except ValueError:
        raise Problem("vault.half_unreadable", half=text.strip()[:6]) from None


def sheet_text(key: HolderKey, *, slot: Slot, body: str, on: date) -> str:
    """The whole sheet, to be printed once and put away."""
    return "\n".join(
        [
            f"LEMBAR PEMULIHAN KUNCI {slot} — {body}",
            f"Dibuat {on:%d-%m-%Y}. Sidik kunci: {fingerprint(key.public)}",
            "",
            *sheet_lines(key.private),
            "",
            *(f"- {line}" for line in _WHAT_TO_DO),
            "",
            f"Kunci publik (serahkan kepada Kesbangpol): {public_code(key.public)}",
            "",
        ]
    )


def sheet_page(key: HolderKey, *, slot: Slot, body: str, on: date) -> str:
    """The same as a page for a printer; it needs nothing from anywhere."""
    rows = "".join(f"<li>{html.escape(line[3:])}</li>" for line in sheet_lines(key.private))
    steps = "".join(f"<li>{html.escape(line)}</li>" for line in _WHAT_TO_DO)
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8"><title>Lembar pemulihan</title>'
        "<style>body{font:12pt/1.5 serif;margin:2cm}ol{font:16pt/1.9 monospace;white-space:pre}</style>"
        f"<h1>Lembar pemulihan kunci {slot} — {html.escape(body)}</h1>"
        f"<p>Dibuat {on:%d-%m-%Y}. Sidik kunci: <b>{fingerprint(key.public)}</b></p><ol>{rows}</ol>"
        f"<ul>{steps}</ul><p>Kunci publik (serahkan kepada Kesbangpol):<br>"
        f"<code>{public_code(key.public)}</code></p></html>\n"
    )


_WHAT_TO_DO = (
    "Cetak dua lembar, simpan di dua tempat terkunci milik lembaga ini, lalu hapus berkasnya dari komputer.",
    "Jangan difoto, jangan dikirim, jangan diserahkan kepada lembaga lain, kepada atasan pun tidak.",
    "Periksa lembar setiap enam bulan: kentongan keys check. Sidik kunci harus sama.",
    "Membuka identitas selalu perlu dua lembaga. Nilai dasar hukumnya dahulu; menolak adalah hak Anda.",
    "Bila lembar hilang atau terlihat orang lain, buat kunci baru dan beri tahu Kesbangpol hari itu juga.",
)


def _checked(text: str) -> bytes:
    whole = unpaper(text, size=KEY + CHECK)
    value, check = whole[:KEY], whole[KEY:]
    if check != _check(value):
        raise ValueError("the check does not fit")
    return value


def _check(value: bytes) -> bytes:
    return hashlib.sha256(b"kentongan paper:" + value).digest()[:CHECK]


def _word(number: int, signs: str) -> str:
    """Three syllables, 18 bits: one wrong line in 262,144 would pass, to be caught by the whole check."""
    value = int.from_bytes(hashlib.sha256(f"kentongan line {number}:{signs}".encode()).digest()[:3], "big")
    syllables = [value >> shift & 63 for shift in (0, 6, 12)]
    return "".join(_CONSONANTS[each >> 2] + _VOWELS[each & 3] for each in syllables)
