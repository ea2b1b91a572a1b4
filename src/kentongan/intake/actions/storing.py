"""From drafts to rows: what many arrivals at once have in common is done once, so that a burst costs little.

Everything that needs no database (hash, receipt, mask, seal) is done by `arrival_of`, in the thread of whoever sends.
`store_arrivals` then writes a group in one transaction: a lone report is a group of one, so there is one way in and not
two (`receiving.receive_report`, `intake.door`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from kentongan.audit import actions as audit
from kentongan.audit.chain import Link
from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import SealedText
from kentongan.edge.sealing import receipt_code, receipt_tag
from kentongan.edge.transactions import action
from kentongan.intake.decisions import (
    LONGEST_TEXT,
    Draft,
    content_hash,
    read_from_level,
    shown_note,
    shown_text,
    shown_title,
    storable,
    words_hash,
)
from kentongan.intake.models import Report
from kentongan.intake.queries.desks import desk_for_accusation
from kentongan.places.keys import Level, key_at, level_of_key
from kentongan.policy import policy_on
from kentongan.vault import actions as vault

# Written out, because every arrival passes here: building these statements anew each time costs more than running them.
# For each arrival: the row of its receipt, the head of the reports with its words, the first report of its client id.
_KNOWN = (
    "WITH asked (place, tag, words, client) AS (VALUES {rows}) SELECT place,"
    " (SELECT id FROM intake_report WHERE receipt_tag = asked.tag),"
    " (SELECT COALESCE(copy_of_id, id) FROM intake_report WHERE words_hash = asked.words ORDER BY id LIMIT 1),"
    " (SELECT id FROM intake_report WHERE client_id = asked.client ORDER BY id LIMIT 1)"
    " FROM asked"
)
_FIELDS = tuple(field for field in Report._meta.concrete_fields if not (field.primary_key or field.generated))
_UNSAID = {field.attname: field.get_default() for field in _FIELDS}
_INSERT = "INSERT INTO intake_report ({names}) VALUES ({signs})".format(  # noqa: S608 (names of the model alone)
    names=", ".join(f'"{field.column}"' for field in _FIELDS), signs=", ".join(["%s"] * len(_FIELDS))
)
_CLIENT_ID = Report._meta.get_field("client_id")
_AS_THEY_ARE = frozenset({str, int, type(None)})  # what both databases take without a conversion


@dataclass(frozen=True, slots=True)
class Arrival:
    """One draft, ready to be stored: its receipt, who sends, and every column that no other row decides."""

    draft: Draft
    receipt: str
    audit_name: str
    columns: Mapping[str, Any]
    at: datetime
    contact: Mapping[str, str] | None

    @property
    def tag(self) -> str:
        return str(self.columns["receipt_tag"])

    @property
    def words(self) -> str:
        return str(self.columns["words_hash"])


@dataclass(frozen=True, slots=True)
class Stored:
    """The number of an arrival's row, whether this arrival made it, and whether its client id was used before it for
    other words.
    """

    number: int
    is_new: bool
    conflicting: bool = False


@dataclass(frozen=True, slots=True)
class _New:
    """An arrival without a row, the head of its copies, and the report whose client id it repeats with other words."""

    arrival: Arrival
    copy_of: int | None
    conflicts_with: int | None


def arrival_of(
    draft: Draft,
    *,
    source: str,
    audit_name: str,
    own_tag: str,
    desk: int | None,
    at: datetime,
    contact: Mapping[str, str] | None,
) -> Arrival:
    """Raises Problem for an empty text or one too long to store; for nothing else that a draft may hold."""
    if not draft.text.strip():
        raise Problem("intake.text_empty")
    if len(draft.text) > LONGEST_TEXT:
        raise Problem("intake.text_too_long", length=len(draft.text), most=LONGEST_TEXT)
    draft = storable(draft)
    digest = content_hash(draft)
    receipt = receipt_code(settings.RECEIPT_KEY, f"{draft.client_id}:{digest}")
    columns = {
        "client_id": draft.client_id,
        "content_hash": digest,
        "words_hash": words_hash(draft),
        "receipt_tag": receipt_tag(settings.RECEIPT_KEY, receipt),
        "channel": draft.channel,
        "source": source,
        "own_tag": own_tag,
        "title": shown_title(draft),
        "text_masked": shown_text(draft),
        "raw_sealed": SealedText.seal(draft.text, context=raw_context(draft, digest)),
        "area": draft.area,
        "desk_id": desk,
        "tile": draft.tile,
        "place_note": shown_note(draft),
        "latitude": draft.latitude,
        "longitude": draft.longitude,
        "happens": draft.happens,
        "happens_on": draft.happens_on,
        "knowledge": draft.knowledge,
        "ongoing": draft.ongoing,
        "danger": draft.danger,
        "accused": draft.accused,
        "read_from_level": read_from_level(draft.accused, policy=policy_on(at.date())),
        "sent_at": draft.sent_at,
        "received_at": at,
    }
    return Arrival(draft, receipt, audit_name, columns, at, contact)


@action
def store_arrivals(arrivals: Sequence[Arrival]) -> list[Stored]:
    """The rows of these arrivals, in order, new or found; with one audit entry for each new one.

    The receipt's tag is the key: it stays when the content is erased, so that a late resend revives nothing.
    """
    stored: dict[str, Stored] = {}
    for group in _strangers(arrivals):
        known, new = _what_is_known(group)
        stored |= known
        if new:
            stored |= _written(new)
    return [stored[arrival.tag] for arrival in arrivals]


def _strangers(arrivals: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """The arrivals without their resends, in groups in which no two share words or client id: between such two the
    earlier must have its number before the later is written.
    """
    group: list[Arrival] = []
    seen: set[str] = set()
    akin: set[object] = set()
    for arrival in arrivals:
        if arrival.tag in seen:
            continue
        seen.add(arrival.tag)
        marks = {arrival.words, arrival.draft.client_id}
        if marks & akin:
            yield group
            group, akin = [], set()
        group.append(arrival)
        akin |= marks
    if group:
        yield group


def _what_is_known(group: Sequence[Arrival]) -> tuple[dict[str, Stored], list[_New]]:
    """Those that are stored already, by tag; and the others with what is known about them."""
    values: list[Any] = []
    for place, arrival in enumerate(group):
        client_id = _CLIENT_ID.get_db_prep_value(arrival.draft.client_id, connection)
        values += [place, arrival.tag, arrival.words, client_id]
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(group))), values)
        found = sorted(cursor.fetchall())
    known = {
        group[place].tag: Stored(number, is_new=False, conflicting=first is not None and first < number)
        for place, number, _, first in found
        if number is not None
    }
    new = [_New(group[place], head, earlier) for place, number, head, earlier in found if number is None]
    return known, new


def _written(new: list[_New]) -> dict[str, Stored]:
    """Insert the rows and their audit entries. Of two resends at once the database keeps one, the other finds it."""
    if connection.vendor == "sqlite":  # one writer at a time: nobody can have come between
        numbers = _insert(new)
    else:
        try:
            with transaction.atomic():
                numbers = _insert(new)
        except IntegrityError:
            beaten = _numbers(new)
            if not beaten:
                raise
            left = [each for each in new if each.arrival.tag not in beaten]
            found = {tag: Stored(number, is_new=False) for tag, number in beaten.items()}
            return found | (_written(left) if left else {})
    audit.record_all([_link(each, numbers[each.arrival.tag]) for each in new])
    return {
        each.arrival.tag: Stored(
            numbers[each.arrival.tag], is_new=True, conflicting=each.conflicts_with is not None
        )
        for each in new
    }


def _insert(new: Sequence[_New]) -> dict[str, int]:
    rows = [_row(each) for each in new]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
    return _numbers(new)


def _numbers(new: Sequence[_New]) -> dict[str, int]:
    """The numbers of the rows that are there, by tag. Asked, because older SQLite cannot return them with the insert."""
    tags = [each.arrival.tag for each in new]
    with connection.cursor() as cursor:
        signs = ", ".join(["%s"] * len(tags))
        cursor.execute(f"SELECT receipt_tag, id FROM intake_report WHERE receipt_tag IN ({signs})", tags)  # noqa: S608
        return {str(tag): int(number) for tag, number in cursor.fetchall()}


def _row(new: _New) -> list[Any]:
    """One row as the database takes it, in the order of `_INSERT`."""
    said = {**_UNSAID, **new.arrival.columns, **_asked_of_others(new.arrival), "copy_of_id": new.copy_of}
    values = ((field, said[field.attname]) for field in _FIELDS)
    return [
        value if type(value) in _AS_THEY_ARE else field.get_db_prep_save(value, connection)
        for field, value in values
    ]


def _asked_of_others(arrival: Arrival) -> dict[str, object]:
    """The columns that other tables decide: the desk that may read it, and the sealed contact."""
    decided: dict[str, object] = {}
    desk, level = arrival.columns["desk_id"], arrival.columns["read_from_level"]
    if desk is not None and level is not None:
        decided["desk_id"] = desk_for_accusation(desk, level=level)
    if arrival.contact:
        decided["identity"] = _sealed(arrival.contact, arrival.draft, at=arrival.at)
    return decided


def _link(new: _New, number: int) -> Link:
    conflict = {"conflicts_with": f"report:{new.conflicts_with}"} if new.conflicts_with else {}
    return Link(
        0,
        new.arrival.at,
        "report.received",
        new.arrival.audit_name,
        new.arrival.draft.area,
        f"report:{number}",
        "",
        {"channel": new.arrival.draft.channel} | conflict,
    )


def _sealed(contact: Mapping[str, str], draft: Draft, *, at: datetime) -> UUID | None:
    """The vault's random number for a contact sealed now; None for a draft that no kabupaten is named for."""
    if draft.area is None:
        return None
    regency = key_at(draft.area, Level.REGENCY) if level_of_key(draft.area) >= Level.REGENCY else draft.area
    return vault.seal_identity(contact, regency, on=at.date(), retention_until=kept_until(at))


def kept_until(at: datetime) -> date:
    """The last day of an unverified report: nothing of its sender outlives it."""
    return at.date() + timedelta(days=policy_on(at.date()).retention["raw_unverified_report"].days)


def raw_context(draft: Draft, digest: str) -> str:
    """What ties a sealed text to its row: known before the row has a number."""
    return f"intake_report:{draft.client_id}:{digest}:raw"
