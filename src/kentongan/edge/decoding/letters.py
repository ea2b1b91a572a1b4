"""E-mail files, decoded inside the child: subject, date and text leave it, and nothing of who wrote to whom.

Parts are walked with a limit on their number and depth before anything is decoded; attachments are counted and not
opened, but for the first few pictures, whose bytes go to the caller as they are.  HTML is reduced to its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from kentongan.edge.decoding.child import Decoded, Refused

_UNSAID = {"script", "style", "head", "title", "noscript", "template"}
_BREAKS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote", "table"}
_PICTURES = {"image/jpeg", "image/png", "image/webp"}
# Headers that mail programs write into the text when a letter is passed on: they name people.
_HEADER_LINE = re.compile(
    r"^[>\s*]*(?:from|dari|to|kepada|untuk|ke|cc|tembusan|bcc|reply-to|balas ke|sender|pengirim)\s*\*?:.*$",
    re.IGNORECASE | re.MULTILINE,
)
_WROTE = re.compile(
    r"^[>\s]*(?:pada|on)\b.{0,160}(?:menulis|wrote|schrieb):\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_FORWARD_MARK = re.compile(
    r"^[>\s]*-{2,}\s*(?:forwarded message|pesan (?:yang )?diteruskan|original message|pesan asli)\s*-{2,}\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def decode_letter(
    content: bytes, *, most_parts: int, most_depth: int, most_letters: int, most_pictures: int
) -> Decoded:
    """Facts `subject`, `date` (ISO or ""), `text`, `length`, `attachments`; the files are the first pictures.

    Raises Refused for what is no letter, or one made to exhaust its reader.
    """
    _check_shape(content, most_parts=most_parts)
    try:
        letter = message_from_bytes(content, policy=policy.default)
        parts = list(_parts(letter, most_parts=most_parts, most_depth=most_depth))
        texts = [_text_of(part) for part in _texts(parts)]
        pictures = [part for part in parts if part.get_content_type() in _PICTURES]
        files = [bytes(part.get_payload(decode=True) or b"") for part in pictures[:most_pictures]]
        facts = _facts(letter, texts, parts, most_letters=most_letters)
    except RecursionError:
        raise Refused("edge.letter_too_deep") from None
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError):
        # The standard library's parser answers broken headers with any of these.
        raise Refused("edge.letter_unreadable") from None
    if not facts["length"]:
        raise Refused("edge.letter_without_text")
    if not facts["text"]:
        raise Refused("edge.letter_too_long", length=facts["length"], most=most_letters)
    return facts, [file for file in files if file]


def _check_shape(content: bytes, *, most_parts: int) -> None:
    """Before any parsing: a letter begins with headers, and has no more parts than marks of their beginnings."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf\r\n ")
    if b"\x00" in content[:4000] or not re.match(rb"(?:From |[A-Za-z][\w-]{0,60}[ \t]*:)", head):
        raise Refused("edge.letter_unreadable")
    if content.count(b"\n--") > 2 * most_parts + 2000 or content.lower().count(b"content-type:") > most_parts:
        raise Refused("edge.letter_too_deep")


def _parts(letter: Message, *, most_parts: int, most_depth: int) -> Iterator[Message]:
    """The leaves of the letter, without recursion; too many or too deep is refused."""
    waiting: list[tuple[Message, int]] = [(letter, 0)]
    seen = 0
    while waiting:
        part, depth = waiting.pop(0)
        seen += 1
        if seen > most_parts or depth > most_depth:
            raise Refused("edge.letter_too_deep")
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            waiting[:0] = [(inner, depth + 1) for inner in payload if isinstance(inner, Message)]
        else:
            yield part


def _texts(parts: list[Message]) -> list[Message]:
    """The plain parts; where there is none, the HTML ones. Attached files are no text of the letter."""
    shown = [part for part in parts if part.get_content_disposition() != "attachment"]
    plain = [part for part in shown if part.get_content_type() == "text/plain"]
    return plain or [part for part in shown if part.get_content_type() == "text/html"]


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        text = content.decode("cp1252", errors="replace")
    return _words_of(text) if part.get_content_type() == "text/html" else text


def _facts(
    letter: Message, texts: list[str], parts: list[Message], *, most_letters: int
) -> dict[str, object]:
    text = "\n\n".join(text.strip() for text in texts if text.strip())
    text = _FORWARD_MARK.sub("", _WROTE.sub("", _HEADER_LINE.sub("", text)))
    text = re.sub(r"\n{3,}", "\n\n", text.replace("\r\n", "\n")).strip()
    attached = sum(
        1
        for part in parts
        if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment"
    )
    return {
        "subject": " ".join(str(letter.get("subject", "")).split())[:500],
        "date": _date(str(letter.get("date", ""))),
        "text": text if len(text) <= most_letters else "",
        "length": len(text),
        "attachments": attached,
    }


def _date(written: str) -> str:
    """ISO 8601 with its zone; "" for a date that cannot be read or names no zone."""
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment.isoformat() if moment.tzinfo is not None else ""


class _Words(HTMLParser):
    """The words of a page, a line for each block; scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 (the parser calls it so)
        self._unsaid += tag in _UNSAID
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid = max(0, self._unsaid - (tag in _UNSAID))
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.words.append(data)


def _words_of(html: str) -> str:
    page = _Words()
    page.feed(html)
    page.close()
    lines = (" ".join(line.split()) for line in "".join(page.words).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
