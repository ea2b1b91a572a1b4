"""Finding place names in a text, with the words that say what is meant.

A mention is the longest run of words that is a name in the gazetteer, ignoring spaces and hyphens.  Without a
word such as "Kabupaten" before it, a name counts only if capitalised, and never as desa: there are about
84,000 of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kentongan.analysis.text.gazetteer import Gazetteer
from kentongan.analysis.text.normalise import letters_only
from kentongan.analysis.text.place_names import Cue, Level
from kentongan.analysis.text.spans import TextSpan, span_of
from kentongan.analysis.text.terms import PlaceTerms
from kentongan.analysis.text.tokens import Token, tokens_of

_JOINS_NAME = re.compile(r" ?[-'’`] ?|[ \n]")
_JOINS_CUE = re.compile(r"[ .:/\n]{1,3}")
_JOINS_PHRASE = re.compile(r"[ (\"'“”‘’)-]{1,3}")
_WEB_ADDRESS = re.compile(r"(?:\.[\w-]+)*\.(?:com|co|id|net|org|news|tv|go)\b", re.IGNORECASE)
_DATELINE_AFTER = re.compile(r"(?: ?\([^)\n]{1,30}\)|,[^–—\n-]{1,30})? ?[–—|-]{1,2}(?= |$)")
_DATELINE_BEFORE = re.compile(r"(?:[^–—|\n-]{1,40} ?[–—|-]{1,2} ){0,2}\(?")
_DATELINE_LINES = 3  # a dateline stands at the head of one of the first lines
_DATELINE_LENGTH = 100  # characters before the name
_INSTITUTION_REACH = 4  # words
_LEVELS = {
    Cue.PROVINCE: (Level.PROVINCE,),
    Cue.REGENCY: (Level.REGENCY,),
    Cue.CITY: (Level.REGENCY,),
    Cue.REGENCY_OR_CITY: (Level.REGENCY,),
    Cue.OFFICE: (Level.PROVINCE, Level.REGENCY),
    Cue.DISTRICT: (Level.DISTRICT,),
    Cue.VILLAGE: (Level.VILLAGE,),
}


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One mention: the words, the regions they may be, and what stands around them.

    `cue` is None for a bare name.  `is_located`: after "di" and the like.
    """

    span: TextSpan
    codes: tuple[str, ...]
    cue: Cue | None
    is_dateline: bool
    is_located: bool


def find_mentions(text: str, *, gazetteer: Gazetteer, terms: PlaceTerms) -> tuple[PlaceMention, ...]:
    """All mentions in order, none overlapping; time grows with the length of the text."""
    scan = _Scan(text, tokens_of(text), gazetteer=gazetteer, terms=terms)
    found = tuple(scan.mentions())
    return tuple(
        _inside_next(text, mention, following, gazetteer=gazetteer) if following else mention
        for mention, following in zip_longest(found, found[1:])
    )


def _inside_next(
    text: str, mention: PlaceMention, following: PlaceMention, *, gazetteer: Gazetteer
) -> PlaceMention:
    """A bare name before a comma lies in the region behind it, if it can ("Manggarai, Jakarta Selatan")."""
    if mention.cue is not None or text[mention.span.end : following.span.start] != ", ":
        return mention
    namesakes = gazetteer.codes_by_key[letters_only(mention.span.text)]
    inside = [code for code in namesakes if not set(gazetteer.line_of(code)).isdisjoint(following.codes)]
    if not inside or not set(inside).isdisjoint(mention.codes):
        return mention
    level = min(gazetteer.level_of(code) for code in inside)
    cue = {Level.DISTRICT: Cue.DISTRICT, Level.VILLAGE: Cue.VILLAGE}.get(Level(level))
    return replace(
        mention, codes=tuple(code for code in inside if gazetteer.level_of(code) == level), cue=cue
    )


def _head_of_line(text: str, position: int) -> int | None:
    """Offset of the head of the line, None when it is farther off than a dateline can be long."""
    nearest = max(0, position - _DATELINE_LENGTH)
    line_end = text.rfind("\n", nearest, position)
    if line_end < 0:
        return 0 if nearest == 0 else None
    return line_end + 1


def _heads_of_first_lines(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """Heads of the first lines that have words."""
    found = 0
    line_end = -1
    for token in tokens:
        if token.start <= line_end:
            continue
        yield text.rfind("\n", 0, token.start) + 1
        end = text.find("\n", token.start)
        line_end = len(text) if end < 0 else end
        found += 1
        if found > _DATELINE_LINES:
            return


class _Scan:
    """One pass over one text."""

    def __init__(
        self, text: str, tokens: Sequence[Token], *, gazetteer: Gazetteer, terms: PlaceTerms
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.gazetteer = gazetteer
        self.terms = terms
        self.dateline_heads = frozenset(_heads_of_first_lines(text, self.tokens))

    def mentions(self) -> Iterator[PlaceMention]:
        index = 0
        while index < len(self.tokens):
            found = self._longest_at(index)
            if found is None:
                index += 1
                continue
            last, mention = found
            index = last + 1
            if mention is not None:
                yield mention

    def _longest_at(self, first: int) -> tuple[int, PlaceMention | None] | None:
        """Index of the last word and the mention; the mention is None when the name belongs to something
        else."""
        cue, cue_index = self._cue_before(first)
        if cue is None and not self.tokens[first].is_capitalised:
            return None
        best: tuple[int, tuple[str, ...], Cue | None] | None = None
        for last, key in self._joined_keys(first):
            codes = self.gazetteer.codes_by_key.get(key, ())
            chosen, used = self._meant(codes, cue=cue, first=first, last=last)
            if chosen:
                best = (last, chosen, used)
        if best is None:
            return None
        last, codes, used = best
        dateline = self._is_dateline(first, last)
        before = cue_index if used else first
        located = before > 0 and self.tokens[before - 1].key in self.terms.locatives
        if not self._counts(first, last, used=used, free=dateline or located):
            return last, None
        if used in (Cue.OFFICE, Cue.REGENCY_OR_CITY):
            codes = self._city_named_after(last, codes)
        span = span_of(self.text, self.tokens[first].start, self.tokens[last].end)
        return last, PlaceMention(span, codes, used, is_dateline=dateline, is_located=located)

    def _joined_keys(self, first: int) -> Iterator[tuple[int, str]]:
        key = ""
        for last in range(first, len(self.tokens)):
            if last > first and not self._joined(last - 1, _JOINS_NAME):
                return
            key += self.tokens[last].key
            if len(key) > self.gazetteer.longest_key:
                return
            yield last, key

    def _joined(self, index: int, joint: re.Pattern[str]) -> bool:
        gap = self._gap(index)
        return gap == " " or (len(gap) <= 3 and joint.fullmatch(gap) is not None)

    def _gap(self, index: int) -> str:
        return self.text[self.tokens[index].end : self.tokens[index + 1].start]

    def _cue_before(self, first: int) -> tuple[Cue | None, int]:
        index = first - 1
        for _ in range(3):
            if index < 0 or not self._joined(index, _JOINS_CUE):
                return None, first
            token = self.tokens[index]
            cue = self.terms.cues.get(token.key)
            if cue is not None:
                return self._both_kinds(index, cue)
            if token.key not in self.terms.fillers and not token.key.isdecimal():
                return None, first
            index -= 1
        return None, first

    def _both_kinds(self, index: int, cue: Cue) -> tuple[Cue, int]:
        """The cue and its place; "Kab/Kota Waluku" may be either."""
        slashed = cue is Cue.CITY and index > 0 and self._gap(index - 1).strip() == "/"
        if slashed and self.terms.cues.get(self.tokens[index - 1].key) is Cue.REGENCY:
            return Cue.REGENCY_OR_CITY, index - 1
        return cue, index

    def _meant(
        self, codes: tuple[str, ...], *, cue: Cue | None, first: int, last: int
    ) -> tuple[tuple[str, ...], Cue | None]:
        """The regions of that name that fit the cue, and the cue if it was of use."""
        if not codes:
            return (), None
        if cue is not None:
            fitting = self._fitting(codes, cue)
            if fitting:
                return fitting, cue
        return (self._bare(codes), None) if self._is_name_like(first, last) else ((), None)

    def _fitting(self, codes: tuple[str, ...], cue: Cue) -> tuple[str, ...]:
        fitting = tuple(code for code in codes if self.gazetteer.level_of(code) in _LEVELS[cue])
        if cue in (Cue.REGENCY, Cue.CITY):
            # "Kota Magetan" is the town of a kabupaten: without a kota of that name the kabupaten is meant.
            kind = tuple(code for code in fitting if (code in self.gazetteer.cities) == (cue is Cue.CITY))
            return kind or (fitting if cue is Cue.CITY else ())
        return fitting

    def _bare(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        for levels in ((Level.PROVINCE, Level.REGENCY), (Level.DISTRICT,)):
            found = tuple(code for code in codes if self.gazetteer.level_of(code) in levels)
            if found:
                return found
        return ()

    def _is_name_like(self, first: int, last: int) -> bool:
        """Capitalised throughout; the part behind a hyphen may be small ("Oro-oro")."""
        return all(
            self.tokens[index].is_capitalised or (index > first and "-" in self._gap(index - 1))
            for index in range(first, last + 1)
        )

    def _counts(self, first: int, last: int, *, used: Cue | None, free: bool) -> bool:
        end = self.tokens[last].end
        if _WEB_ADDRESS.match(self.text, end):
            return False
        if used is not None:
            return True
        if self._is_part_of_a_name(first, last):
            return False
        is_common = first == last and self.tokens[first].key in self.terms.common_words
        return free or not (is_common or self._follows_institution(first))

    def _is_part_of_a_name(self, first: int, last: int) -> bool:
        if first > 0 and self._gap(first - 1) in (".", "@", "#", "_", "/"):
            return True
        before = first > 0 and self._joined(first - 1, _JOINS_CUE)
        if before and self.tokens[first - 1].key in self.terms.attached_before:
            return True
        after = last + 1 < len(self.tokens) and self._joined(last, _JOINS_PHRASE)
        return after and self.tokens[last + 1].key in self.terms.attached_after

    def _follows_institution(self, first: int) -> bool:
        for index in range(first - 1, max(first - 1 - _INSTITUTION_REACH, -1), -1):
            if not self._joined(index, _JOINS_PHRASE):
                return False
            if self.tokens[index].key in self.terms.institutions:
                return True
        return False

    def _is_dateline(self, first: int, last: int) -> bool:
        start = self.tokens[first].start
        head = _head_of_line(self.text, start)
        if head not in self.dateline_heads:
            return False
        after = _DATELINE_AFTER.match(self.text, self.tokens[last].end)
        return after is not None and _DATELINE_BEFORE.fullmatch(self.text[head:start].lstrip()) is not None

    def _city_named_after(self, last: int, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The word behind an office's name says which of two namesakes is meant ("Polres Pasuruan Kota")."""
        cities = tuple(code for code in codes if code in self.gazetteer.cities)
        follows = (
            last + 1 < len(self.tokens) and self._gap(last) == " " and self.tokens[last + 1].text == "Kota"
        )
        return cities if follows and cities else codes
