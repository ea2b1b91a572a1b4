"""When are two written names the same place name, and how far apart are two spellings?

Place names arrive from phones and newspapers as "batang hari", "Muko Muko", "Pasuruhan". The search name
drops case, accents, spaces and marks; `NameIndex` finds names that contain a text or lie within a few
letters of it. Pure.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9]+")
_DROPPED = str.maketrans("", "", "'`\"\u2018\u2019\u02bc")

# Abbreviations that both the official list and people use for the same word.
_LONG_FORMS: Mapping[str, str] = {
    "kep": "kepulauan",
    "sei": "sungai",
    "kp": "kampung",
    "tj": "tanjung",
    "gn": "gunung",
}
# Names that share very few letter groups with a text are not worth measuring.
_MOST_CANDIDATES = 300


def plain(text: str) -> str:
    """Lower case without accents, and without the apostrophes that split a word (Ja'an, Ku'u)."""
    bare = text.lower()
    if not bare.isascii():
        bare = "".join(
            sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign)
        )
    return bare.translate(_DROPPED)


def words_of(text: str) -> list[str]:
    """The words of a text in plain letters and digits, abbreviations written out."""
    return [_LONG_FORMS.get(word, word) for word in _WORD.findall(plain(text))]


def search_name(text: str) -> str:
    """What names are compared by: "Oro-oro Ombo Kulon" and "oro oro ombokulon" give the same."""
    return "".join(words_of(text))


def just_after(prefix: str) -> str | None:
    """The smallest search name after all that begin with `prefix`; None if there is none.

    Stays within a-z and 0-9, where every collation a database may use agrees on the order.
    """
    for end in range(len(prefix), 0, -1):
        last = prefix[end - 1]
        if last != "z":
            return prefix[: end - 1] + ("a" if last == "9" else chr(ord(last) + 1))
    return None


def allowed_edits(length: int) -> int:
    """How many wrong letters we forgive in a name of `length` letters; none in very short ones."""
    if length < 4:
        return 0
    return 1 if length <= 7 else 2 if length <= 12 else 3


def edit_distance(left: str, right: str, *, at_most: int) -> int | None:
    """Letters to insert, drop, change or swap with the neighbour; None if more than `at_most`."""
    if abs(len(left) - len(right)) > at_most:
        return None
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and b == left[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > at_most:
            return None
    return row[-1] if row[-1] <= at_most else None


@dataclass(frozen=True, slots=True, order=True)
class Nearby:
    """A known name and how many letters it is away."""

    distance: int
    name: str


class NameIndex:
    """All distinct search names, findable by the three-letter groups in them. Built once, then only read."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted(set(names))
        self._postings: dict[str, array[int]] = {}
        for number, name in enumerate(self._names):
            for group in _groups(name):
                self._postings.setdefault(group, array("I")).append(number)

    def __len__(self) -> int:
        return len(self._names)

    def containing(self, text: str, *, limit: int) -> list[str]:
        """Names that hold `text` (three letters or more) anywhere, shortest first."""
        groups = {text[i : i + 3] for i in range(len(text) - 2)}
        if not groups or any(group not in self._postings for group in groups):
            return []
        rarest = min((self._postings[group] for group in groups), key=len)
        found = (name for name in map(self._names.__getitem__, rarest) if text in name)
        return heapq.nsmallest(limit, found, key=lambda name: (len(name), name))

    def near(self, text: str, *, limit: int) -> list[Nearby]:
        """Names a few wrong letters away from `text`, nearest first."""
        edits = allowed_edits(len(text))
        if edits == 0:
            return []
        found = []
        for name in self._sharing_groups(text, edits=edits):
            distance = edit_distance(text, name, at_most=edits)
            if distance is not None:
                found.append(Nearby(distance, name))
        return sorted(found)[:limit]

    def _sharing_groups(self, text: str, *, edits: int) -> list[str]:
        """Names that can be within `edits`: each wrong letter spoils at most three of the letter groups."""
        groups = _groups(text)
        shared: Counter[int] = Counter()
        for group in groups:
            shared.update(self._postings.get(group, ()))
        least = max(1, len(groups) - 3 * edits)
        fitting = (
            (count, -number)
            for number, count in shared.items()
            if count >= least and abs(len(self._names[number]) - len(text)) <= edits
        )
        return [self._names[-number] for _, number in heapq.nlargest(_MOST_CANDIDATES, fitting)]


def _groups(name: str) -> set[str]:
    """The three-letter groups of a name, its two ends marked, so that beginnings and ends weigh too."""
    marked = f"^{name}$"
    return {marked[i : i + 3] for i in range(len(marked) - 2)}
