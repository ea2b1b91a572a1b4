"""An event as a few lines of plain text, to copy into a message: its label and what is unsure stand first.

Holds what the dossier's Ringkas holds and no more: no report, no source number, no note of analysis.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from kentongan.edge.formats import format_date, local_time
from kentongan.places.queries import time_zone_of
from kentongan.web.dossier import known_now, words_of
from kentongan.web.routing import StaffRequest
from kentongan.web.templatetags.kentongan_ui import VERIFICATIONS
from kentongan.web.wording import language


def text_of(found: Any, request: StaffRequest) -> str:
    """The lines, each with its word before it; what is not known is left out."""
    words = words_of(found, known_now(found), request)
    facts = words["facts"]
    lines = [
        (_("Apa"), _joined(f"{words['type_name']} ({facts.type_code})", *words["forms_seen"])),
        (_("Di mana"), _joined(words["place"], facts.place_note, words["precision"])),
        (_("Kapan"), _joined(words["when"], words["date_precision"])),
        (_("Pihak"), _joined(*words["parties"])),
        (_("Pemicu"), _joined(*words["triggers"], facts.next_trigger)),
        (_("Akibat"), _joined(*(f"{name} {count}" for name, count in words["impacts"]))),
        (_("Dampak"), _grade(words["severity"])),
        (_("Daya redam"), facts.capacity),
        (_("Keadaan"), words["state"]),
        (_("Cerita"), facts.summary),
    ]
    head = f"{found.number} · {words['label_word'].upper()} · {_standing(found)}"
    body = [f"{name}: {value}" for name, value in lines if value]
    zone = time_zone_of(found.area).key
    foot = _("Kentongan, %(time)s.") % {"time": local_time(request.now, zone, language=language())}
    return "\n".join([head, words["title"], "", *body, *_review(found), "", foot])


def _standing(found: Any) -> str:
    """What verification says, with the warning of everything that is not confirmed."""
    word = str(VERIFICATIONS[found.verification].word)
    if found.verification == "refuted":
        return _("TIDAK BENAR menurut pemeriksaan, jangan diteruskan")
    if found.is_confirmed:
        return f"{word}, {found.source_grade}{found.content_grade}"
    return _("%(word)s, jangan diteruskan") % {"word": word}


def _grade(severity: Any) -> str:
    if severity.grade is None:
        return ""
    said = _("%(grade)s dari 5, %(word)s") % {"grade": severity.grade, "word": severity.word}
    return f"{said} ({severity.reason})" if severity.is_by_person else said


def _review(found: Any) -> list[str]:
    if found.review_on is None:
        return []
    return [_("Tinjau lagi: %(day)s") % {"day": format_date(found.review_on, language=language())}]


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
