"""One-time codes on their way to paper: kept sealed in the maker's session for an hour, then gone.

The codes exist in clear on the printed cards only. Between making the accounts and printing, a lost
connection must not cost 300 codes, so the page can be loaded again until the maker says "done" or the hour is
over.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from kentongan.accounts.second_factor import sealed, unsealed

SHOWN_FOR = timedelta(hours=1)
CARDS_PER_PAGE = 8
_PLACE = "accounts.onboarding"


@dataclass(frozen=True, slots=True)
class Card:
    """What a person needs to sign in for the first time."""

    office: str
    name: str
    role: str
    login: str
    code: str


def keep(session: MutableMapping[str, Any], cards: Sequence[Card], *, maker: int, now: datetime) -> None:
    """Put the cards away for the maker; cards already waiting stay in front of them."""
    waiting = [*kept(session, maker=maker, now=now), *cards]
    text = json.dumps([asdict(card) for card in waiting])
    until = (now + SHOWN_FOR).isoformat()
    session[_PLACE] = {"until": until, "cards": sealed(text, context=_context(maker))}


def kept(session: MutableMapping[str, Any], *, maker: int, now: datetime) -> list[Card]:
    """The waiting cards; none when the hour is over."""
    place = session.get(_PLACE)
    if not place or datetime.fromisoformat(place["until"]) <= now:
        session.pop(_PLACE, None)
        return []
    return [Card(**card) for card in json.loads(unsealed(place["cards"], context=_context(maker)))]


def forget(session: MutableMapping[str, Any]) -> None:
    session.pop(_PLACE, None)


def pages(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards in sheets of paper."""
    return [list(cards[start : start + CARDS_PER_PAGE]) for start in range(0, len(cards), CARDS_PER_PAGE)]


def _context(maker: int) -> str:
    return f"session:{maker}:onboarding"
