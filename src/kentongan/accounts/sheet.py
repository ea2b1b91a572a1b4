"""Accounts from a spreadsheet: say per cell what is wrong, and make the rest.

`sheet_file.read` gives rows of plain text; `examine` divides them into ready, faulty and already known ones;
`make_accounts` writes the ready ones in batches, so that no other writer waits long. A bad row never stops
the file, and the same file twice makes no account twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.db.models import Q

from kentongan.accounts import decisions
from kentongan.accounts.actions import create_account
from kentongan.accounts.actors import Actor
from kentongan.accounts.contacts import plain_email, plain_phone
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.models import Account, Agency
from kentongan.accounts.permissions import Permission
from kentongan.accounts.reach import agency_within
from kentongan.accounts.roles import ROLES
from kentongan.accounts.sheet_file import MOST_LETTERS, Row
from kentongan.edge.problems import Problem
from kentongan.edge.transactions import one_transaction

BATCH = 50
_DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A line that can become an account."""

    line: int
    name: str
    email: str
    phone: str
    post: NewPost
    agency: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, and what to do; the sentence comes from the catalogue."""

    line: int
    column: str
    value: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file would do. `known` are lines whose address or number has an account already."""

    ready: tuple[ReadyRow, ...]
    faults: tuple[Fault, ...]
    known: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A new account with the code that signs it in once."""

    row: ReadyRow
    account_id: int
    code: str


# --- examining --------------------------------------------------------------------------------------------


def examine(rows: Sequence[Row], *, by: Actor, today: date) -> Preview:
    """Divide the lines; nothing is written."""
    agencies = _Agencies(by)
    known_contacts = _known_contacts(rows)
    seen: dict[str, int] = {}
    ready, faults, known = [], [], []
    for row in rows:
        contacts = [contact for contact in (plain_email(row.surel), plain_phone(row.hp)) if contact]
        if any(contact in known_contacts for contact in contacts):
            known.append(row)
            continue
        wrong = list(_faults(row, agencies, today)) + list(_doubled(row, contacts, seen))
        for contact in contacts:
            seen.setdefault(contact, row.line)
        if wrong:
            faults += wrong
        else:
            ready.append(_ready(row, agencies, today))
    return Preview(tuple(ready), tuple(faults), tuple(known))


class _Agencies:
    """Agencies by the names people write, each looked up and checked against the actor's area once."""

    def __init__(self, by: Actor) -> None:
        self._by = by
        self._found: dict[str, Agency | Problem] = {}
        names = Agency.objects.filter(active=True).values_list("pk", "name", "short_name")
        self._keys: dict[str, int] = {}
        for key, name, short_name in names.order_by("-pk"):
            self._keys |= {_folded(short_name): key, _folded(name): key}

    def __getitem__(self, written: str) -> Agency:
        word = _folded(written)
        if word not in self._found:
            self._found[word] = self._look_up(word, written)
        found = self._found[word]
        if isinstance(found, Problem):
            raise found
        return found

    def _look_up(self, word: str, written: str) -> Agency | Problem:
        if word not in self._keys:
            return Problem("accounts.agency_unknown", value=written or "–")
        try:
            return agency_within(self._keys[word], by=self._by, permission=Permission.ACCOUNT_WRITE)
        except Problem as problem:
            return problem


def _faults(row: Row, agencies: _Agencies, today: date) -> Iterator[Fault]:
    """Every cell of a line that cannot stay as it is."""
    for column in (field.name for field in fields(Row) if field.name != "line"):
        value = getattr(row, column)
        if len(value) > MOST_LETTERS:
            yield Fault(row.line, column, f"{value[:40]}…", _too_long(column))
        else:
            problem = _problem_of(column, row, agencies, today)
            if problem is not None:
                yield Fault(row.line, column, value, problem)


def _problem_of(column: str, row: Row, agencies: _Agencies, today: date) -> Problem | None:
    try:
        match column:
            case "nama" if not row.nama:
                return Problem("accounts.name_missing")
            case "surel" if not row.surel and not row.hp:
                return Problem("accounts.contact_missing")
            case "surel" if row.surel and plain_email(row.surel) is None:
                return Problem("accounts.email_bad", value=row.surel)
            case "hp" if row.hp and plain_phone(row.hp) is None:
                return Problem("accounts.phone_bad", value=row.hp)
            case "instansi":
                agencies[row.instansi]
            case "peran":
                _role_code(row.peran)
            case "mulai":
                _day(row.mulai, today)
            case "sampai" if row.sampai:
                decisions.check_days(_day(row.mulai, today), _day(row.sampai, today))
    except Problem as problem:
        # A bad first day is told once, in its own column.
        return None if column == "sampai" and problem.values.get("value") == row.mulai else problem
    return None


def _doubled(row: Row, contacts: Iterable[str], seen: Mapping[str, int]) -> Iterator[Fault]:
    for contact in contacts:
        if contact in seen:
            column = "surel" if "@" in contact else "hp"
            problem = Problem("accounts.sheet_row_doubled", value=contact, line=seen[contact])
            yield Fault(row.line, column, contact, problem)


def _ready(row: Row, agencies: _Agencies, today: date) -> ReadyRow:
    agency = agencies[row.instansi]
    post = NewPost(
        agency_id=agency.pk,
        role=_role_code(row.peran),
        title=row.jabatan,
        starts=_day(row.mulai, today),
        ends=_day(row.sampai, today) if row.sampai else None,
    )
    email, phone = plain_email(row.surel) or "", plain_phone(row.hp) or ""
    return ReadyRow(row.line, row.nama, email, phone, post, agency.short_name)


def _known_contacts(rows: Sequence[Row]) -> set[str]:
    emails = {address for row in rows if (address := plain_email(row.surel))}
    phones = {number for row in rows if (number := plain_phone(row.hp))}
    found = Account.objects.filter(Q(email__in=emails) | Q(phone__in=phones)).values_list("email", "phone")
    return {contact for pair in found for contact in pair if contact}


def _role_code(written: str) -> str:
    word = _folded(written)
    for code, role in ROLES.items():
        if word in {
            _folded(code),
            _folded(code.replace("_", " ")),
            *(_folded(name) for name in role.name.values()),
        }:
            return code
    raise Problem("accounts.role_unknown", value=written or "–")


def _day(written: str, today: date) -> date:
    if not written:
        return today
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  (a calendar day has no zone)
        except ValueError:
            continue
    raise Problem("accounts.day_bad", value=written)


def _too_long(column: str) -> Problem:
    return Problem("accounts.sheet_cell_too_long", column=column, most=MOST_LETTERS)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


# --- making -----------------------------------------------------------------------------------------------


def make_accounts(
    ready: Sequence[ReadyRow], *, by: Actor, at: datetime, today: date
) -> tuple[list[Made], list[Fault]]:
    """Write the ready lines, fifty to a transaction; what no longer fits is told like any fault."""
    made: list[Made] = []
    faults: list[Fault] = []
    for start in range(0, len(ready), BATCH):
        with one_transaction():
            for row in ready[start : start + BATCH]:
                try:
                    account = create_account(
                        name=row.name,
                        email=row.email,
                        phone=row.phone,
                        post=row.post,
                        by=by,
                        at=at,
                        today=today,
                    )
                except Problem as problem:
                    faults.append(Fault(row.line, "", row.email or row.phone, problem))
                else:
                    made.append(Made(row, account.account_id, account.code))
    return made, faults


def as_plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Rows as JSON values, to be carried from the preview to the making."""
    return [asdict(row) for row in rows]


def from_plain(values: Sequence[Mapping[str, object]]) -> list[Row]:
    return [
        Row(line=int(str(value["line"])), **{k: str(v) for k, v in value.items() if k != "line"})
        for value in values
    ]
