"""A pasted WhatsApp text: one message, several copied ones, or a chat export, split into messages without senders.

The layouts of Android ("12/11/26 06.51 - Nama: …"), iOS ("[12/11/26, 06.51.03] Nama: …"), WhatsApp Web
("[06.51, 12/11/2026] Nama: …") and of copied messages ("[12/11 06.51] Nama: …") are known.  The name or number in
front of a message is read only to be left out: `Message` has no place for it.  Whether 12/11 is in November or in
December is decided by the text itself or stays open.  Lines that cannot be told apart are handed back, none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.problems import Problem

MOST_LETTERS = 500_000
MOST_MESSAGES = 300  # a page with more would not fit into one form

_DATE = r"(?P<date>\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4}|[/.-]\d{2})?)"
_TIME = r"(?P<time>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)(?: ?(?P<half>[ap]\.? ?m\.?))?"
_ANDROID = re.compile(rf"{_DATE},? {_TIME} [-–] (?P<rest>.*)", re.IGNORECASE)
_BRACKETED = re.compile(rf"\[{_DATE},? {_TIME}\] ?(?P<rest>.*)", re.IGNORECASE)
_WEB = re.compile(rf"\[{_TIME}, ?{_DATE}\] ?(?P<rest>.*)", re.IGNORECASE)
_LAYOUTS = (_ANDROID, _BRACKETED, _WEB)
_LONGEST_NAME = 80
_NAMED = re.compile(rf"(?P<name>[^:\n]{{1,{_LONGEST_NAME}}}):(?: (?P<body>.*)|$)")

# Lines that WhatsApp writes itself. They name people, so they are counted and never shown.
_SYSTEM = re.compile(
    r"pesan dan (?:panggilan|telepon)\b.*enkripsi|.*terenkripsi (?:secara )?end-to-end|.*end-to-end encrypted|"
    r".{1,80} (?:menambahkan|mengeluarkan|bergabung|keluar\b|membuat grup|mengubah|mengganti|telah diubah|"
    r"menyematkan|menghapus|dijadikan|sekarang (?:admin|menjadi admin)|mengaktifkan|menonaktifkan|memulai panggilan)|"
    r"anda (?:menambahkan|ditambahkan|bergabung|membuat|mengubah|keluar|mengeluarkan|sekarang)|"
    r".{1,80} (?:added|removed|left\b|joined|created group|changed|was added|pinned|is now|turned (?:on|off))|"
    r"(?:panggilan|telepon) (?:suara|video)|missed (?:voice|video) call|kode keamanan|your security code|"
    r"ubah nomor|nomor telepon .* berubah",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:pesan ini (?:telah )?dihapus|anda (?:telah )?menghapus pesan ini|this message was deleted|"
    r"you deleted this message|menunggu pesan ini.*|waiting for this message.*)\.?",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"<(?:media|gambar|video|audio|stiker|dokumen|terlampir)[^>\n]{0,120}>|<(?:attached|lampiran):[^>\n]{0,160}>|"
    r"(?:gambar|foto|video|audio|stiker|gif|dokumen|kontak|image|sticker|document|contact card|video note|voice message)"
    r" (?:tidak disertakan|omitted)|"
    r"[^\s/\\]{1,120}\.\w{3,4} \((?:file|berkas) (?:terlampir|attached)\)",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<(?:pesan ini (?:telah )?diedit|this message was edited)>", re.IGNORECASE)
_FORWARDED = re.compile(
    r"[\s*_\[(↪➡️]*(?:diteruskan(?: berkali-kali| banyak kali)?|forwarded(?: many times)?|terusan)[\])*_.:!]*[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"(?:copas|dari|info|kiriman)[ \w]{0,12} (?:grup|group) (?:sebelah|lain|tetangga)|\bfwd?\s*:",
    re.IGNORECASE,
)


class DateOrder(StrEnum):
    """What the text proves about 12/11/26; unproven stays open."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNPROVEN = "unproven"


@dataclass(frozen=True, slots=True)
class Message:
    """One message without its sender.  `written` is the stamp as it stood there, `sent` its readings (local time,
    none without a full date); more than one reading means that the date is open.  `media` counts what was left out.
    """

    text: str
    line: int
    written: str = ""
    sent: tuple[datetime, ...] = ()
    forwarded: bool = False
    media: int = 0

    @property
    def is_date_open(self) -> bool:
        return len(self.sent) > 1


@dataclass(frozen=True, slots=True)
class UnreadLine:
    """A line that is neither a message nor a known notice: told with its number, so that nothing is lost."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """What a paste holds: messages to choose from, lines nobody could place, and counts of what has no text."""

    messages: tuple[Message, ...]
    unread: tuple[UnreadLine, ...]
    order: DateOrder
    notices: int = 0
    only_media: int = 0
    is_export: bool = False


@dataclass(slots=True)
class _Piece:
    """A message while it is being read; the sender has been dropped already."""

    line: int
    date: str
    time: str
    half: str
    lines: list[str] = field(default_factory=list)


def read_chat(pasted: str) -> Chat:
    """Split a paste.  Raises Problem `intake.paste_…` when it is empty, too long, or holds too many messages."""
    if len(pasted) > MOST_LETTERS:
        raise Problem("intake.paste_too_long", length=len(pasted), most=MOST_LETTERS)
    text = clean_text(pasted)
    if not text:
        raise Problem("intake.paste_empty")
    pieces, unread, notices = _pieces(text)
    if not pieces and not notices:
        return Chat(tuple(_single(text)), (), DateOrder.UNPROVEN)
    order = _order([piece for piece in pieces if piece.date])
    messages = [_message(piece, order) for piece in pieces]
    kept = tuple(message for message in messages if message.text)
    if len(kept) > MOST_MESSAGES:
        raise Problem("intake.paste_too_many", count=len(kept), most=MOST_MESSAGES)
    deleted = sum(1 for message in messages if not message.text and not message.media)
    only_media = sum(1 for message in messages if not message.text and message.media)
    return Chat(kept, tuple(unread), order, notices + deleted, only_media, is_export=True)


def _single(text: str) -> Iterable[Message]:
    """A paste without any stamp is one message, however many lines it has."""
    message = _message(_Piece(1, "", "", "", text.split("\n")), DateOrder.UNPROVEN)
    return (message,) if message.text else ()


def _pieces(text: str) -> tuple[list[_Piece], list[UnreadLine], int]:
    pieces: list[_Piece] = []
    unread: list[UnreadLine] = []
    notices = 0
    open_piece: _Piece | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        head = _head(line)
        if head is None:
            if open_piece is not None:
                open_piece.lines.append(line)
            elif line.strip():
                unread.append(UnreadLine(number, line))
            continue
        said = _NAMED.fullmatch(head["rest"])
        if _SYSTEM.match(said["name"] if said else head["rest"]):
            notices += 1
            open_piece = None
        elif said is None:
            unread.append(UnreadLine(number, line))
            open_piece = None
        else:
            open_piece = _Piece(
                number, head["date"], head["time"], (head["half"] or "").lower(), [said["body"] or ""]
            )
            pieces.append(open_piece)
    return pieces, unread, notices


def _head(line: str) -> re.Match[str] | None:
    return next((found for layout in _LAYOUTS if (found := layout.fullmatch(line))), None)


def _message(piece: _Piece, order: DateOrder) -> Message:
    body = "\n".join(piece.lines).strip()
    media = len(_MEDIA.findall(body))
    body = _EDITED.sub("", _MEDIA.sub("", body)).strip()
    mark = _FORWARDED.match(body)
    forwarded = mark is not None or _PASSED_ON.search(body[:200]) is not None
    body = body[mark.end() :].strip() if mark else body
    if _DELETED.fullmatch(body):
        body = ""
    return Message(
        text=body,
        line=piece.line,
        written=" ".join(part for part in (piece.date, piece.time, piece.half) if part),
        sent=tuple(_moments(piece, order)),
        forwarded=forwarded,
        media=media,
    )


def _order(pieces: Sequence[_Piece]) -> DateOrder:
    """What all stamps together prove: a part above twelve, or the one order in which time never runs backwards."""
    pairs = [(int(a), int(b)) for piece in pieces for a, b in [_two_parts(piece.date)] if a]
    day_first = any(a > 12 for a, _ in pairs)
    month_first = any(b > 12 for _, b in pairs)
    if day_first != month_first:
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    if day_first:
        return DateOrder.UNPROVEN
    forward = {
        order: _never_backwards(pieces, order) for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
    }
    proven = [order for order, holds in forward.items() if holds]
    return proven[0] if len(proven) == 1 else DateOrder.UNPROVEN


def _never_backwards(pieces: Sequence[_Piece], order: DateOrder) -> bool:
    moments = [moment for piece in pieces for moment in list(_moments(piece, order))[:1]]
    return len(moments) == len(pieces) and all(one <= next_ for one, next_ in pairwise(moments))


def _two_parts(written: str) -> tuple[str, str]:
    parts = re.split(r"[/.-]", written)
    return ("", "") if len(parts[0]) == 4 else (parts[0], parts[1])


def _moments(piece: _Piece, order: DateOrder) -> Iterable[datetime]:
    """The readings of a stamp; a date without a year, or one that does not exist, has none."""
    parts = [int(part) for part in re.split(r"[/.-]", piece.date)] if piece.date else []
    if len(parts) != 3:
        return []
    if len(re.split(r"[/.-]", piece.date)[0]) == 4:
        readings = [(parts[0], parts[1], parts[2])]
    else:
        year = parts[2] + 2000 if parts[2] < 100 else parts[2]
        by_order = {
            DateOrder.DAY_FIRST: (year, parts[1], parts[0]),
            DateOrder.MONTH_FIRST: (year, parts[0], parts[1]),
        }
        readings = [by_order[order]] if order in by_order else list(dict.fromkeys(by_order.values()))
    return [moment for reading in readings if (moment := _moment(reading, piece)) is not None]


def _moment(day: tuple[int, int, int], piece: _Piece) -> datetime | None:
    hour, minute = (int(part) for part in re.split(r"[.:]", piece.time)[:2])
    if piece.half:
        hour = hour % 12 + (12 if piece.half.startswith("p") else 0)
    try:
        return datetime(*day, hour, minute)  # noqa: DTZ001 (the phone's own time; its zone is not said)
    except ValueError:
        return None
