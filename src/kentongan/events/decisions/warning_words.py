"""Words that may name a private person: flagged for the one who writes, before anything is stored.

An event names kinds of party, groups and offices. A form of address before a name ("Pak Darto", "Sdr. Joko bin Amat")
is flagged; before an office ("Pak Kades") it is not. A flag is a question to the writer, never a refusal of a report.
"""

from __future__ import annotations

import re

_ADDRESS = r"(?:Bapak|Bpk|Pak|Ibu|Bu|Sdri|Sdr|Saudara|Saudari|Tn|Ny|Mas|Mbak|Kang|Gus|Ustaz|Ustadz|Kiai|Kyai|KH|H|Hj)"
_OFFICES = (
    *(
        "Kades",
        "Lurah",
        "Camat",
        "Bupati",
        "Wali",
        "Walikota",
        "Gubernur",
        "Kapolsek",
        "Kapolres",
        "Danramil",
    ),
    *(
        "Dandim",
        "Kadus",
        "Babinsa",
        "Bhabin",
        "Bhabinkamtibmas",
        "RT",
        "RW",
        "Sekda",
        "Sekdes",
        "Kasi",
        "Kabid",
    ),
    *("Kaban", "Ketua", "Kepala", "Guru", "Dokter", "Bidan", "Haji", "Desa", "Kota", "Negara"),
)
_NAME = r"[A-Z][a-z'’]+"
_RULES = (
    re.compile(rf"\b{_ADDRESS}\.? (?!(?:{'|'.join(_OFFICES)})\b){_NAME}(?: {_NAME})?"),
    re.compile(rf"\b{_NAME} (?:bin|binti|alias|als\.?) {_NAME}", re.IGNORECASE),
    re.compile(r"\b(?:bernama|atas nama|a\.n\.|inisial) (?:[A-Z][\w'’]*|[A-Z]{1,3}\b)(?: [A-Z][a-z]+)?"),
)


def names_suspected(*texts: str) -> tuple[str, ...]:
    """The passages that may be a person's name, each once, in order."""
    found = [match.group(0) for text in texts for rule in _RULES for match in rule.finditer(text)]
    return tuple(dict.fromkeys(found))
