"""What a person who types a place into a search box may mean, as one or more wishes in order of likelihood.

"kab pasuruan" names the kind; "Kec. Rembang, Kab. Pasuruan" and "Rembang Pasuruan" name the place around
it; "kota gajah" may be a city called Gajah or a place called Kota Gajah. Pure; `search.py` tries the
wishes in turn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kentongan.places.kinds import KIND_WORDS, RegionKind
from kentongan.places.spelling import plain, words_of

ANY_KIND: frozenset[RegionKind] = frozenset()
_LONGEST_TEXT = 200
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A search name with the kinds it may be of; no kinds means any."""

    name: str
    kinds: frozenset[RegionKind] = ANY_KIND


@dataclass(frozen=True, slots=True)
class Wish:
    """A wanted place and the places around it, nearest first. `guessed`: the split into both is our guess."""

    place: Named
    around: tuple[Named, ...] = ()
    guessed: bool = False


@dataclass(slots=True)
class _Part:
    kinds: frozenset[RegionKind]
    words: list[str]
    kind_word: str = ""

    def named(self) -> Named:
        return Named("".join(self.words), self.kinds)


def read_wishes(text: str) -> tuple[Wish, ...]:
    """The wishes in a text, most likely first; none if it holds no letters or digits."""
    parts = _parts_of(text[:_LONGEST_TEXT])
    if not parts:
        return ()
    first, *rest = parts
    wishes = [Wish(first.named(), tuple(part.named() for part in rest))]
    if any(part.kind_word == "kota" for part in parts):
        # "Kota" is also the beginning or a part of many names: Kota Gajah, Lubuk Kota.
        spelled = "".join(
            "".join([part.kind_word] * (part.kind_word == "kota") + part.words) for part in parts
        )
        wishes.append(Wish(Named(spelled, ANY_KIND if first.kind_word == "kota" else first.kinds)))
    if not rest:
        wishes += [
            Wish(
                Named("".join(first.words[:cut]), first.kinds),
                (Named("".join(first.words[cut:])),),
                guessed=True,
            )
            for cut in range(len(first.words) - 1, 0, -1)
        ]
        # The larger place is sometimes written first: "Pasuruan Rembang".
        wishes += [
            Wish(
                Named("".join(first.words[cut:])),
                (Named("".join(first.words[:cut]), first.kinds),),
                guessed=True,
            )
            for cut in range(1, len(first.words))
        ]
    return tuple(wishes)


def _parts_of(text: str) -> list[_Part]:
    """Cut at commas and before kind words that follow a name."""
    parts: list[_Part] = []
    for stretch in re.split(r"[,;()\n]", plain(text)):
        part = _Part(ANY_KIND, [])
        parts.append(part)
        for word in words_of(stretch)[:_MOST_WORDS]:
            if (
                word in {"adm", "administrasi"}
                and part.kind_word in {"kab", "kabupaten", "kota"}
                and not part.words
            ):
                continue
            if word not in KIND_WORDS or (part.kind_word and not part.words):
                part.words.append(word)
            elif part.words:
                part = _Part(KIND_WORDS[word], [], word)
                parts.append(part)
            else:
                part.kinds, part.kind_word = KIND_WORDS[word], word
    return [_whole(part) for part in parts if part.words or part.kind_word]


def _whole(part: _Part) -> _Part:
    """A kind word alone is a name: people type "kota" on their way to "kotabaru"."""
    return part if part.words else _Part(ANY_KIND, [part.kind_word])
