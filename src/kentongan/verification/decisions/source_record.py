"""What the record of a source proposes for its grade: a band with its count, never a ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# A band per quarter of the checked reports that were confirmed, because the words say no more than that: "biasanya
# benar" is three of four. A finer division would claim what a handful of reports cannot show.
_QUARTERS = ((0.75, "B"), (0.5, "C"), (0.25, "D"), (0.0, "E"))

# "Sepenuhnya dapat dipercaya" is proposed from twenty reports with at most one refuted: a source that is right three
# times in four looks that good in 2.4 of 100 cases (binomial), with fewer reports far more often.
_FULLY_FROM, _FULLY_REFUTED = 20, 1

CONFIRMED = ("verified", "partly")


@dataclass(frozen=True, slots=True)
class Band:
    """The proposed letter, and on how many checked reports it rests: `confirmed` of `n`. F is "cannot be judged"."""

    letter: str
    confirmed: int
    n: int


def source_band(verdicts: Iterable[str], *, minimum: int) -> Band:
    """The band of one source from the verdicts of its reports; `minimum` checked ones are needed for a letter.

    Confirmed in part counts as confirmed: whoever sent it saw something real. What could not be verified, and what
    nobody has checked, counts for nothing.
    """
    counts = Counter(verdicts)
    confirmed = sum(counts[verdict] for verdict in CONFIRMED)
    n = confirmed + counts["refuted"]
    if n < max(minimum, 1):
        return Band("F", confirmed, n)
    if n >= _FULLY_FROM and n - confirmed <= _FULLY_REFUTED:
        return Band("A", confirmed, n)
    letter = next(letter for least, letter in _QUARTERS if confirmed / n >= least)
    return Band(letter, confirmed, n)


def band_to_propose(bands: Iterable[Band]) -> Band:
    """The band proposed for an event of several sources: that of the record known best, in doubt the lower letter."""
    known = [band for band in bands if band.letter != "F"]
    return max(known, key=lambda band: (band.n, band.letter), default=Band("F", 0, 0))
