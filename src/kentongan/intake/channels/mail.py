"""A saved e-mail (.eml) as a draft: subject, date and text, decoded in a limited process; who wrote it stays outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.decoding.runner import ChildLimits, decode
from kentongan.edge.problems import Problem
from kentongan.intake.decisions import LONGEST_TEXT, Draft

MOST_BYTES = 10 * 1024 * 1024
MOST_PARTS = 200
MOST_DEPTH = 12
MOST_PICTURES = 3
_LETTERS = UUID("3a0e7b51-94c2-5d0f-8c61-6f3f0a7d2b55")
_LIMITS = ChildLimits(memory=384 * 1024 * 1024, seconds=10)


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail says.  `pictures` are attached photos as they came, still to be cleaned; `attachments` counts all."""

    draft: Draft
    attachments: int
    pictures: tuple[bytes, ...] = ()


def read_letter(content: bytes, *, filename: str, limits: ChildLimits = _LIMITS) -> Letter:
    """Raises Problem `intake.mail_too_large`, `edge.letter_…` or `edge.decoding_stopped`, each with one sentence."""
    if len(content) > MOST_BYTES:
        raise Problem("intake.mail_too_large", value=filename, most=MOST_BYTES // 1024**2)
    options = {
        "most_parts": MOST_PARTS,
        "most_depth": MOST_DEPTH,
        "most_letters": LONGEST_TEXT,
        "most_pictures": MOST_PICTURES,
    }
    answer = decode("letter", content, options=options, limits=limits)
    subject, text, date = (str(answer.facts[name]) for name in ("subject", "text", "date"))
    if not clean_text(text):
        raise Problem("edge.letter_without_text")
    # Made of what it says: the same letter saved twice is one arrival, whatever its headers.
    identity = uuid5(_LETTERS, "\x1e".join((date, subject, text)))
    sent = datetime.fromisoformat(date) if date else None
    draft = Draft(identity, "mail", text, title=subject, sent_at=sent)
    return Letter(draft, int(answer.facts["attachments"]), answer.files)
