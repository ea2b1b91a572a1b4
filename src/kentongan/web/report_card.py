"""One report as its own sender sees it: four plain states, the closing word, the desk's questions, what may be done.

Nothing finer is told. Behind a receipt nothing that was written is shown again: who finds a code learns no content. In
"Laporan saya", behind the log-in, the first words tell one report from the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.functional import Promise
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext_lazy as _

from kentongan.intake.disclosure import notices_for
from kentongan.intake.queries import messages_of
from kentongan.places.queries import region_label, time_zone_of
from kentongan.policy import PolicyOnDate, policy_on
from kentongan.response.decisions import Feedback
from kentongan.response.queries import feedback_of_report
from kentongan.web.wording import HOME_ZONE, language

UNANSWERED = frozenset({"article", "mail", "sheet"})
MOST_WORDS = 80
CLOSED = frozenset({"withdrawn", "archived"})
# Plain sentences for the closing words; the policy's own word stands where there is none.
CLOSING: Mapping[str, str | Promise] = {
    "verified": _("Terbukti benar. Terima kasih, laporan Anda dipakai."),
    "partly": _("Sebagian terbukti. Terima kasih, laporan Anda dipakai."),
    "refuted": _("Sudah diperiksa dan tidak terbukti. Tidak apa-apa: lebih baik dilaporkan."),
    "hoax": _("Kabar itu sudah diperiksa dan dinilai salah. Mohon tidak diteruskan."),
    "inconclusive": _("Sudah diperiksa, belum dapat dipastikan."),
    "forwarded": _("Dialihkan ke lembaga yang berwenang."),
    "linked": _("Digabung dengan laporan lain tentang hal yang sama. Terima kasih."),
    "declined": _(
        "Sudah kami baca, tetapi bukan hal yang kami tangani. Untuk layanan umum ada LAPOR! (lapor.go.id)."
    ),
    "set_aside": _(
        "Sudah kami baca, tetapi tidak dapat kami proses sebagai laporan. Anda boleh mengirim lagi."
    ),
    "withdrawn": _("Laporan ini Anda tarik."),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four states, and whether the report has come that far."""

    label: str
    reached: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One line between the desk and the sender."""

    mine: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What a sender sees of one report. `key_name` and `key` are what the next form must show: a receipt, or a number."""

    number: int
    key_name: str
    key: str
    sent_at: datetime
    zone: str
    what: str
    where: str
    words: str
    stages: Sequence[Stage]
    closing: str
    line: str
    messages: Sequence[Message]
    asked: bool
    may_answer: bool
    may_withdraw: bool
    may_add_photo: bool
    erased_on: date | None
    notices: Sequence[Any]
    answer_id: UUID
    photo_id: UUID


def card_of(report: Any, *, key_name: str, key: str, now: datetime) -> ReportCard:
    """The card of a report whose receipt, or own account, has been shown."""
    policy = policy_on(now.date())
    messages = [Message(row.from_reporter, row.text_masked, row.written_at) for row in messages_of(report)]
    told = feedback_of_report(report.pk)
    gone = report.erased_on is not None or report.state == "withdrawn"
    open_still = not gone and report.channel not in UNANSWERED
    return ReportCard(
        number=report.pk,
        key_name=key_name,
        key=key,
        sent_at=report.received_at,
        zone=time_zone_of(report.area).key if report.area else HOME_ZONE,
        what=_tile(report.tile, policy),
        where=region_label(report.area) if report.area else "",
        words=Truncator(report.text_masked).chars(MOST_WORDS) if key_name == "number" else "",
        stages=_stages(told, policy),
        closing=_closing(told, policy),
        line=told.line,
        messages=messages,
        asked=bool(messages) and not messages[-1].mine,
        may_answer=open_still and any(not message.mine for message in messages),
        may_withdraw=not gone and report.state not in CLOSED,
        may_add_photo=open_still and report.state not in CLOSED,
        erased_on=report.erased_on,
        notices=notices_for(f"report:{report.pk}", on=now.date()),
        answer_id=uuid4(),
        photo_id=uuid4(),
    )


def _tile(code: str, policy: PolicyOnDate) -> str:
    tile = policy.report_tiles.get(code)
    return str(capfirst(tile.label.in_language(language()))) if tile else ""


def _stages(told: Feedback, policy: PolicyOnDate) -> list[Stage]:
    listed = policy.vocabularies["reporter_state"]
    codes = list(listed)
    reached = codes.index(told.state) if told.state in codes else 0
    return [
        Stage(value.label.in_language(language()), number <= reached, number == reached)
        for number, value in enumerate(listed.values())
    ]


def _closing(told: Feedback, policy: PolicyOnDate) -> str:
    word = told.word
    if not word:
        return ""
    if word in CLOSING:
        return str(CLOSING[word])
    value = policy.vocabularies["closing_word"].get(word)
    return value.label.in_language(language()) if value else ""
