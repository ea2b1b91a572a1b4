"""What the form says before a report goes: leave out what identifies people, and where else a matter belongs.

Hints explain and offer; they stop nothing. The same word lists serve the page's script (which hints while one writes,
without network) and the plain page. They are coarse on purpose: a person at the desk reads every report anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text
from kentongan.policy import PolicyOnDate

IDENTIFIERS = "identifiers"
SEXUAL_VIOLENCE = "sexual_violence"
# Close to `mask_identifiers`, and readable by a browser: NIK, telephone, plate. Masking itself is the server's.
IDENTIFIER_PATTERNS = (
    r"(?:\d[ .\-]?){16}",
    r"(?:\+62|\b62|\b0)[ .\-]?[1-9](?:[ .\-]?\d){7,11}",
    r"\b[A-Z]{1,2} ?\d{3,4} ?[A-Z]{1,3}\b",
    r"\b[A-Z]{1,2} \d{1,4} [A-Z]{1,3}\b",
)
SEXUAL_WORDS = (
    "perkosa", "diperkosa", "memperkosa", "pemerkosaan", "rudapaksa", "cabul", "dicabuli", "mencabuli", "pencabulan",
    "pelecehan seksual", "dilecehkan", "kekerasan seksual", "sodomi", "persetubuhan",
)  # fmt: skip
# Beside these words the matter is one of force or threat, and no hint about opinions or services belongs there.
FORCE_WORDS = (
    "ancam", "mengancam", "ancaman", "diancam", "serang", "menyerang", "diserang", "serangan", "bakar", "membakar",
    "dibakar", "bentrok", "tawuran", "keroyok", "dikeroyok", "senjata", "parang", "celurit", "lempar", "dilempar", "hasut",
    "hasutan", "rusuh", "ricuh", "dirusak", "perusakan", "intimidasi", "usir", "diusir", "dibubarkan", "sweeping",
)  # fmt: skip
SCOPE_WORDS: Mapping[str, tuple[str, ...]] = {
    "domestic_violence": ("kdrt", "kekerasan dalam rumah tangga", "dipukul suami", "dipukuli suami", "istri dipukul"),
    "individual_crime": ("pencurian", "maling", "kecurian", "jambret", "begal", "curanmor", "penipuan", "kemalingan"),
    "service_complaint": (
        "jalan rusak", "jalan berlubang", "lampu jalan", "sampah", "pelayanan lambat", "ktp belum jadi", "air pdam",
        "listrik padam", "bansos belum", "antre lama",
    ),
    "agenda_kegiatan": (
        "unjuk rasa", "demo damai", "aksi damai", "mogok kerja", "pengajian", "kampanye", "haul", "orasi",
    ),
    "opinion": ("kritik", "mengkritik", "tidak setuju dengan", "mengeluhkan kebijakan", "menghina pejabat"),
    "belief": ("aliran sesat", "ajaran sesat", "beda keyakinan", "pindah agama"),
    "membership": ("anggota serikat", "anggota partai", "anggota ormas", "anggota lsm"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hint:
    """One sentence or two for the writer, and where else the matter may go."""

    code: str
    title: str
    words: str
    refers_to: tuple[str, ...] = ()


def all_hints(policy: PolicyOnDate, *, language: str) -> dict[str, Hint]:
    """Every hint the form knows, by its code."""
    known = {
        IDENTIFIERS: Hint(
            IDENTIFIERS,
            _("Ada nomor atau pelat di cerita Anda"),
            _("Lebih aman tanpa NIK, nomor HP, atau pelat. Kalau tetap dikirim, nomornya kami samarkan."),
        ),
        SEXUAL_VIOLENCE: Hint(
            SEXUAL_VIOLENCE,
            _("Tentang kekerasan seksual?"),
            _("Cukup tulis tempat dan bantuan yang dibutuhkan. Jangan tulis rincian atau nama korban."),
            _names(["uptd_ppa", "polisi_110"], policy, language=language),
        ),
    }
    for code in SCOPE_WORDS:
        matter = policy.not_incidents.get(code)
        if matter is not None:
            said = matter.explanation.in_language(language)
            known[code] = Hint(
                code,
                _("Mungkin bukan untuk Kentongan"),
                said,
                _names(matter.refers_to, policy, language=language),
            )
    return known


def hints_for(text: str, policy: PolicyOnDate, *, language: str) -> list[Hint]:
    """The hints that this text calls for, at most one about scope."""
    known, words = all_hints(policy, language=language), clean_text(text)
    found = []
    if mask_identifiers(words).counts:
        found.append(known[IDENTIFIERS])
    if _has(words, SEXUAL_WORDS):
        found.append(known[SEXUAL_VIOLENCE])
    elif not _has(words, FORCE_WORDS):
        found += [
            known[code] for code, listed in SCOPE_WORDS.items() if code in known and _has(words, listed)
        ][:1]
    return found


def for_script(policy: PolicyOnDate, *, language: str) -> dict[str, Any]:
    """The same lists and sentences for the page's script."""
    return {
        "identifiers": list(IDENTIFIER_PATTERNS),
        "sexual": list(SEXUAL_WORDS),
        "force": list(FORCE_WORDS),
        "scope": {code: list(words) for code, words in SCOPE_WORDS.items()},
        "hints": {
            code: {"title": hint.title, "words": hint.words, "refers": list(hint.refers_to)}
            for code, hint in all_hints(policy, language=language).items()
        },
    }


def _has(text: str, words: Iterable[str]) -> bool:
    return re.search(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE) is not None


def _names(codes: Iterable[str], policy: PolicyOnDate, *, language: str) -> tuple[str, ...]:
    """The bodies by name, with their number where it is national."""
    listed = [policy.referrals[code] for code in codes if code in policy.referrals]
    return tuple(
        f"{body.label.in_language(language)} ({body.number})"
        if body.number and body.number not in body.label.in_language(language)
        else body.label.in_language(language)
        for body in listed
    )
