"""What follows a try to tell somebody, and what the telling says. Pure: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kentongan.alerts.channels import Answer

# Seconds until the next try after the first, second, …; the last one repeats.
WAITS = (10, 30, 60, 300, 900)
MOST_TRIES = (
    40  # more than any alert lives: 72 hours are 288 quarters of an hour, and the ladder climbs meanwhile
)
LEASE = timedelta(minutes=2)  # longer than every step of one mail can take with its time limit
UNVERIFIED = "BELUM TERVERIFIKASI"
MAYBE_TWICE = "Mungkin kiriman ulang: kiriman sebelumnya terputus sebelum tercatat."
DISCLAIMER = "Tingkat peringatan internal, bukan penetapan status keadaan konflik."


@dataclass(frozen=True, slots=True)
class Next:
    """The state a notice goes to, and after how long it is tried again (None: never)."""

    state: str
    again: timedelta | None = None


def after_answer(answer: Answer, *, tries: int, maybe_twice: bool) -> Next:
    """What one answer means after `tries` tries, this one included.

    A lost receipt is followed by one more try that says so; a second one is left as it is: told at most twice.
    """
    if answer is Answer.SENT:
        return Next("sent")
    if answer is Answer.REFUSED:
        return Next("failed")
    if answer is Answer.UNSURE and maybe_twice:
        return Next("unsure")
    if tries >= MOST_TRIES:
        return Next("failed")
    return Next("queued", timedelta(seconds=WAITS[min(tries, len(WAITS)) - 1]))


@dataclass(frozen=True, slots=True)
class Told:
    """Everything a notice may say: the alert's own words and its place, never a report's."""

    number: str
    level: str
    occasion: str
    message: str
    place: str
    first_action: str
    owner: str
    until: str
    unverified: bool
    maybe_twice: bool
    link: str


_OPENINGS = {
    "issued": "",
    "rung_1": "DIULANG, belum ada yang menerima. ",
    "rung_2": "NAIK TANGGA, penerima belum menjawab. ",
    "rung_3": "NAIK TANGGA, penerima belum menjawab. ",
    "handed_over": "DITERUSKAN kepada Anda. ",
}


def subject_of(told: Told) -> str:
    """One line for the list of a mailbox."""
    if told.occasion == "stood_down":
        return f"[Kentongan] AMAN: {told.number}, {told.place}"
    if told.occasion == "retracted":
        return f"[Kentongan] DITARIK: {told.number}, {told.place}"
    mark = f" ({UNVERIFIED})" if told.unverified else ""
    return f"[Kentongan] {told.level.upper()}{mark}: {told.number}, {told.place}"


def body_of(told: Told) -> str:
    """The message as plain text; the same facts in the same order for everybody."""
    parts = [MAYBE_TWICE, ""] if told.maybe_twice else []
    if told.occasion in {"stood_down", "retracted"}:
        parts += [_ending(told), "", f"Semula: {told.message}"]
    else:
        parts += [f"{_OPENINGS.get(told.occasion, '')}{told.level.upper()} · {told.place}"]
        parts += [f"{UNVERIFIED}. Jangan diteruskan."] if told.unverified else []
        parts += ["", told.message, "", f"Anda diminta: {told.first_action}"]
        parts += [f"Pemilik: {told.owner}. Berlaku sampai {told.until}."]
        parts += ["", f"Jawab di sini, tanpa kata sandi: {told.link}"] if told.link else []
    return "\n".join([*parts, "", "Bahaya sekarang? Telepon 110.", DISCLAIMER]) + "\n"


def _ending(told: Told) -> str:
    if told.occasion == "retracted":
        return f"Peringatan {told.number} di {told.place} DITARIK: ternyata tidak benar. Jangan diteruskan."
    return f"Peringatan {told.number} di {told.place} dinyatakan AMAN."
