"""Decisions of the intake stage, as plain functions: what makes two arrivals the same, what one says, what may follow."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kentongan.analysis.text.masking import mask_identifiers
from kentongan.analysis.text.normalise import clean_text
from kentongan.policy.lifecycles import StateMachine
from kentongan.policy.policy import PolicyOnDate
from kentongan.policy.referring import targets_for
from kentongan.policy.schema.routes import ReferralTarget

LONGEST_TEXT = 200_000  # characters; a longer article is cut by its sender, never silently by us
LONGEST_MESSAGE = 2_000  # characters
LONGEST_PUT_OFF = timedelta(days=31)
DECLINED = frozenset({"out_of_scope", "spam"})
# Nobody reads an answer behind these doors: an article, a mail that was imported, a row of a file.
UNANSWERED_CHANNELS = frozenset({"article", "mail", "sheet"})

_ANSWERS = (
    "area",
    "tile",
    "place_note",
    "latitude",
    "longitude",
    "happens",
    "happens_on",
    "knowledge",
    "ongoing",
    "danger",
    "accused",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its sender wrote it. `client_id` is random (or derived from the file for an article).

    `shown` is the readable part of `text` where they differ: an article without menus and doubled paragraphs.
    The answers beside the text are empty where nobody was asked; the point is rounded to three decimals (about 100 m).
    `sent_at` is the phone's clock and no part of what was said: a resend has another one.
    """

    client_id: UUID
    channel: str
    text: str
    title: str = ""
    area: int | None = None
    shown: str = ""
    tile: str = ""
    place_note: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    happens: str = ""
    happens_on: date | None = None
    knowledge: str = ""
    ongoing: str = ""
    danger: str = ""
    accused: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """One machine suggestion, with the words it rests on and the method that made it."""

    kind: str
    value: object
    evidence: list[object] = field(default_factory=list)
    method: str = "aturan-1"


def storable(draft: Draft) -> Draft:
    """The same draft as both databases can hold it: half characters, which no text file can carry, become U+FFFD."""
    return replace(
        draft,
        text=whole_characters(draft.text),
        title=whole_characters(draft.title),
        shown=whole_characters(draft.shown),
        place_note=whole_characters(draft.place_note),
    )


def words_hash(draft: Draft) -> str:
    """The SHA-256 of the words: title and text, spacing and letter forms made alike; 64 hexadecimal characters."""
    said = unicodedata.normalize("NFC", f"{draft.title}\n{draft.text}")
    return hashlib.sha256(" ".join(said.split()).encode("utf-8")).hexdigest()


def content_hash(draft: Draft) -> str:
    """The SHA-256 of all that was said: the words, and the answers beside them where there are any."""
    answers = {name: str(value) for name in _ANSWERS if (value := getattr(draft, name)) not in ("", None)}
    if not answers:
        return words_hash(draft)
    said = json.dumps([words_hash(draft), answers], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(said.encode("ascii")).hexdigest()


def read_from_level(accused: str, *, policy: PolicyOnDate) -> int | None:
    """The finest level of desk that may read a report about this office; None when no office is accused.

    An office that the policy does not know (a code of a later version) is read by the province alone, never by all.
    """
    if not accused:
        return None
    office = policy.accused_offices.get(accused)
    return office.lowest_level if office is not None else 1


def shown_text(draft: Draft) -> str:
    """The text that may be read and searched."""
    return masked_text(draft.shown or draft.text)


def masked_text(text: str) -> str:
    """A text as it may be read. Invisible characters go first: they would hide a number from its rule."""
    return mask_identifiers(clean_text(text)).text


def shown_title(draft: Draft) -> str:
    """The title that may be read: masked, at most 200 characters."""
    return one_masked_line(draft.title, most=200)


def shown_note(draft: Draft) -> str:
    """The landmark that may be read: masked, one line, at most 160 characters."""
    return one_masked_line(draft.place_note)


def one_masked_line(text: str, *, most: int = 160) -> str:
    """A masked text on one line, cut with an ellipsis where it is longer than its column."""
    line = mask_identifiers(" ".join(clean_text(text).split())).text
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def is_waiting(state: str, outcome: str) -> bool:
    """Whether a report waits for a decision: just received, or declined once and taken out of the archive again."""
    return state == "received" or (state == "triaged" and outcome in DECLINED)


def triage_state(outcome: str, *, machine: bool) -> str:
    """The state a report ends in with this outcome: what is declined goes to the archive. A machine never declines."""
    if outcome not in DECLINED:
        return "triaged"
    if machine:
        raise ValueError(f"a machine may not decline a report ({outcome}): only a person may")
    return "archived"


def state_after(state: str, wanted: str, *, lifecycle: StateMachine) -> str:
    """The wanted state, reached by the moves of the lifecycle: whatever is archived was triaged first."""
    for step in ("triaged", wanted):
        if step != state:
            lifecycle.require(state, step)
            state = step
    return state


def why_not_undone(
    *, decided_at: datetime | None, decided_by: str, outcome: str, by: str, at: datetime, within: timedelta
) -> str | None:
    """The catalogue code of why a decision cannot be taken back; None when it can. It says what is still possible."""
    if decided_at is None:
        return "intake.nothing_to_undo"
    if decided_by != by:
        return "intake.undo_not_yours"
    if decided_at <= at <= decided_at + within:
        return None
    if outcome in DECLINED:
        return "intake.undo_late_archived"
    return "intake.undo_late_referred" if outcome == "forwarded" else "intake.undo_late_event"


def refers_to_accused(target: str, *, accused: str, policy: PolicyOnDate) -> bool:
    """Whether this body is of the kind the report is about. A body that the policy names for that office is not: the
    inspectorate belongs to the local government and is still the right way for a report about a subdistrict.
    """
    office = policy.accused_offices.get(accused)
    if office is None or target in office.refers_to:
        return False
    return office.actor in policy.referrals[target].accused_as


def other_ways(target: str, *, accused: str, policy: PolicyOnDate) -> tuple[ReferralTarget, ...]:
    """The bodies to name instead: those the policy lists for the accused office, then those for the same matters."""
    office = policy.accused_offices[accused]
    ways = {code: policy.referrals[code] for code in office.refers_to if code in policy.referrals}
    for matter in policy.referrals[target].matters:
        for body in targets_for(matter, policy=policy, accused=(office.actor,)):
            ways.setdefault(body.code, body)
    return tuple(ways.values())


def whole_characters(text: str) -> str:
    """A text that both databases can hold: half characters become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
