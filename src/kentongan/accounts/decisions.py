"""What may be decided about accounts, as plain functions: which roles exclude each other, how long one is
lent.

The separation of duties is a table of permissions, not of role names, so that it also holds for a role added
later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES, Role
from kentongan.edge.problems import Problem

# No law names a figure for Plh./Plt. here; three months and a day cover one quarter whichever months it has.
LONGEST_DELEGATION_DAYS = 92

_REPORTS = frozenset(
    {
        Permission.REPORT_READ,
        Permission.REPORT_TRIAGE,
        Permission.EVENT_READ,
        Permission.EVENT_WRITE,
        Permission.EVENT_VERIFY,
    }
)
_LEVELS = frozenset(
    {
        Permission.ALERT_PROPOSE,
        Permission.ALERT_APPROVE_WASPADA,
        Permission.ALERT_APPROVE_SIAGA,
        Permission.ALERT_APPROVE_AWAS,
    }
)
_MANAGES = frozenset({Permission.ACCOUNT_WRITE, Permission.AGENCY_WRITE})


@dataclass(frozen=True, slots=True)
class NewPost:
    """A role at an agency from a day on, until a day or until further notice."""

    agency_id: int
    role: str
    title: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Separation:
    """Whoever holds something of `one` may hold nothing of `other`; `why` stands on the page of roles."""

    one: frozenset[Permission]
    other: frozenset[Permission]
    why_id: str
    why_en: str

    def parts(self, first: Role, second: Role) -> bool:
        return self._between(first, second) or self._between(second, first)

    def _between(self, first: Role, second: Role) -> bool:
        return bool(first.permissions & self.one) and bool(second.permissions & self.other)


SEPARATIONS: Sequence[Separation] = (
    Separation(
        frozenset({Permission.DISCLOSURE_HOLD}),
        _REPORTS
        | _LEVELS
        | _MANAGES
        | {Permission.REPORT_SEND, Permission.DISCLOSURE_REQUEST, Permission.DISCLOSURE_OVERSEE},
        "Pemegang kunci identitas tidak membaca laporan, tidak memintanya dibuka, dan tidak mengurus akun.",
        "Who holds a key to identities reads no reports, requests no opening and manages no accounts.",
    ),
    Separation(
        _MANAGES,
        _REPORTS | _LEVELS | {Permission.DISCLOSURE_REQUEST, Permission.DISCLOSURE_OVERSEE},
        "Yang membuat akun tidak membaca laporan; kalau tidak, ia dapat membuka pintu bagi dirinya sendiri.",
        "Who makes accounts reads no reports; otherwise he could open the door for himself.",
    ),
    Separation(
        frozenset({Permission.AUDIT_ALL, Permission.DISCLOSURE_OVERSEE}),
        _REPORTS
        | _LEVELS
        | _MANAGES
        | {Permission.DISCLOSURE_REQUEST, Permission.DISCLOSURE_HOLD, Permission.DOCUMENT_MAKE},
        "Pengawas tidak mengerjakan apa yang diawasinya.",
        "An overseer does none of the work he oversees.",
    ),
)


def separation_between(first: str, second: str) -> Separation | None:
    """The rule that keeps two roles apart in one person; None if they may be held together."""
    return next((rule for rule in SEPARATIONS if rule.parts(ROLES[first], ROLES[second])), None)


def check_role(code: str) -> Role:
    """The role of a code. Raises Problem for an unknown one; there is none for an intelligence service."""
    if code not in ROLES:
        raise Problem("accounts.role_unknown", value=code)
    return ROLES[code]


def check_together(held: Iterable[str], added: str) -> None:
    """Raise Problem when `added` may not be held beside what the person holds already."""
    new = check_role(added)
    for code in held:
        rule = separation_between(code, added)
        if rule is not None:
            old = ROLES[code]
            raise Problem(
                "accounts.roles_conflict",
                role=new.name["id"], role_en=new.name["en"], other=old.name["id"], other_en=old.name["en"],
            )  # fmt: skip


def check_days(starts: date, ends: date | None) -> None:
    """Raise Problem when the last day lies before the first."""
    if ends is not None and ends < starts:
        raise Problem("accounts.days_not_in_order", starts=_day(starts), ends=_day(ends))


def check_delegation_days(starts: date, ends: date, *, today: date) -> None:
    """A delegation has a last day, not in the past, at most 92 days after its first."""
    check_days(starts, ends)
    if ends < today:
        raise Problem("accounts.delegation_over", ends=_day(ends))
    days = (ends - starts).days + 1
    if days > LONGEST_DELEGATION_DAYS:
        last = starts + timedelta(days=LONGEST_DELEGATION_DAYS - 1)
        raise Problem(
            "accounts.delegation_too_long", days=days, longest=LONGEST_DELEGATION_DAYS, last=_day(last)
        )


def check_within_post(starts: date, ends: date, *, first: date, last: date | None) -> None:
    """Nobody lends a role for days on which it is not his own."""
    if starts < first or (last is not None and ends > last):
        until = _day(last) if last is not None else "–"
        raise Problem("accounts.delegation_outside_post", first=_day(first), last=until)


def check_areas(own: Sequence[str], neighbours: Sequence[str]) -> None:
    """An agency has at least one area of its own, and none of them twice."""
    if not own:
        raise Problem("accounts.agency_without_area")
    for code in neighbours:
        if any(code == part or code.startswith(f"{part}.") for part in own):
            raise Problem("accounts.neighbour_is_own", value=code)


def check_reason(text: str) -> str:
    """The reason without its edges. Raises Problem when there is none."""
    reason = text.strip()
    if not reason:
        raise Problem("accounts.reason_missing")
    return reason[:200]


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
