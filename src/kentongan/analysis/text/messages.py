"""Where a short message happens: names of villages and districts inside the area that the desk works in.

A chat message names a village without its kabupaten and without capitals, which says nothing in the whole country
and nearly everything inside one kabupaten.  So the gazetteer given here holds one area only; a name that fits two
places of it is not decided.  The result has the form of `place_choice`, whose rules read everything else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kentongan.analysis.text.edit_distance import is_within
from kentongan.analysis.text.gazetteer import Gazetteer, build_gazetteer
from kentongan.analysis.text.place_choice import PlaceAlternative, PlaceSuggestion
from kentongan.analysis.text.place_names import Cue, Level
from kentongan.analysis.text.spans import TextSpan, span_of
from kentongan.analysis.text.terms import PlaceTerms
from kentongan.analysis.text.tokens import Token, tokens_of

_MOST_WORDS = 4  # of one name
_MOST_TOKENS = 4_000  # what a longer text says first is enough
_SHORTEST_KEY = 4
_TELLING_KEY = 8  # letters from which on a name in small letters is hardly another word
_NEAR_KEY, _NEAR_TWO_KEY = 6, 11  # letters from which on one (two) may be wrong behind "desa" and the like
_WITH_CUE, _NEAR_SPELLING, _LOCATED, _BARE = 3.0, 2.0, 1.5, 1.0
_IN_NAMED_DISTRICT = 2.0  # factor
_ALTERNATIVES = 5
_EQUAL = 0.99  # two places this near in weight are not told apart
_JOIN = re.compile(r" ?[-'’] ?| ")
_CUE_JOIN = re.compile(r"[ .:]{1,3}")
_LEVELS = {Cue.DISTRICT: Level.DISTRICT, Cue.VILLAGE: Level.VILLAGE}


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the message, the places of the area that bear it, and how much it says."""

    span: TextSpan
    codes: tuple[str, ...]
    weight: float


def names_inside(gazetteer: Gazetteer, areas: Iterable[str]) -> Gazetteer:
    """The gazetteer of one or several areas: their districts and villages, by their own names."""
    heads = tuple(areas)
    inside = (
        place
        for code, place in gazetteer.places.items()
        if place.level >= Level.DISTRICT
        and any(code == head or code.startswith(f"{head}.") for head in heads)
    )
    return build_gazetteer(inside)


def place_in_message(text: str, *, near: Gazetteer, terms: PlaceTerms) -> PlaceSuggestion | None:
    """The village or district a message is about; None when it names none, or two equally.

    `near` holds the names of the desk's area alone (see `names_inside`).
    """
    mentions = list(_mentions(text, near, terms))
    weights, spans = _weighed(mentions, near)
    if not weights:
        return None
    ranked = sorted(weights, key=lambda code: (-weights[code], -near.level_of(code), code))
    best = ranked[0]
    rivals = [
        code for code in ranked[1:] if best not in near.line_of(code) and code not in near.line_of(best)
    ]
    if rivals and weights[rivals[0]] > weights[best] * _EQUAL:
        return _common(best, rivals, weights=weights, spans=spans, near=near)
    best = _finest(best, ranked, weights=weights, near=near)
    return _suggestion(
        best, ranked, weights=weights, spans=spans, near=near, rival=rivals[0] if rivals else None
    )


def _finest(best: str, ranked: Sequence[str], *, weights: dict[str, float], near: Gazetteer) -> str:
    """The one village named inside a named district says more than the district; two say no more than it."""
    inside = [code for code in ranked if code != best and best in near.line_of(code)]
    if not inside or (len(inside) > 1 and weights[inside[1]] > weights[inside[0]] * _EQUAL):
        return best
    return inside[0]


def _mentions(text: str, near: Gazetteer, terms: PlaceTerms) -> Iterator[_Mention]:
    tokens = tokens_of(text)[:_MOST_TOKENS]
    place = 0
    while place < len(tokens):
        found = _exact(text, tokens, place, near, terms) or _misspelt(text, tokens, place, near, terms)
        if found is None:
            place += 1
            continue
        last, mention = found
        place = last + 1
        if mention is not None:
            yield mention


def _runs(text: str, tokens: Sequence[Token], first: int) -> Iterator[tuple[int, str]]:
    """The joined keys that begin at a word: one word, two, up to four."""
    key = ""
    for last in range(first, min(first + _MOST_WORDS, len(tokens))):
        if last > first and not _JOIN.fullmatch(text[tokens[last - 1].end : tokens[last].start]):
            return
        key += tokens[last].key
        yield last, key


def _exact(
    text: str, tokens: Sequence[Token], first: int, near: Gazetteer, terms: PlaceTerms
) -> tuple[int, _Mention | None] | None:
    found = [
        (last, near.codes_by_key[key]) for last, key in _runs(text, tokens, first) if key in near.codes_by_key
    ]
    if not found:
        return None
    last, codes = found[-1]
    level = _cue_level(text, tokens, first, terms)
    fitting = tuple(code for code in codes if near.level_of(code) == level)
    span = span_of(text, tokens[first].start, tokens[last].end)
    if fitting:
        return last, _Mention(span, fitting, _WITH_CUE)
    weight = _weight_without_cue(tokens, first, last, terms)
    # A bare name that is a district's and a village's: the larger one is said, the smaller one only meant.
    coarsest = min(near.level_of(code) for code in codes)
    codes = tuple(code for code in codes if near.level_of(code) == coarsest)
    return last, _Mention(span, codes, weight) if weight else None


def _cue_level(text: str, tokens: Sequence[Token], first: int, terms: PlaceTerms) -> Level | None:
    if first == 0 or not _CUE_JOIN.fullmatch(text[tokens[first - 1].end : tokens[first].start]):
        return None
    cue = terms.cues.get(tokens[first - 1].key)
    return _LEVELS.get(cue) if cue is not None else None


def _weight_without_cue(tokens: Sequence[Token], first: int, last: int, terms: PlaceTerms) -> float:
    """0 when the words may well be something else than a place."""
    key = "".join(token.key for token in tokens[first : last + 1])
    before = tokens[first - 1].key if first else ""
    if len(key) < _SHORTEST_KEY or before in terms.attached_before:
        return 0.0
    if first == last and key in terms.common_words:
        return 0.0
    if before in terms.locatives or before in terms.cues:
        return _LOCATED
    capitals = all(token.is_capitalised for token in tokens[first : last + 1])
    return _BARE if capitals or len(key) >= _TELLING_KEY else 0.0


def _misspelt(
    text: str, tokens: Sequence[Token], first: int, near: Gazetteer, terms: PlaceTerms
) -> tuple[int, _Mention] | None:
    """A name with a wrong letter, behind the word for its level ("ds sumberlku")."""
    level = _cue_level(text, tokens, first, terms)
    if level is None:
        return None
    for last, key in reversed(list(_runs(text, tokens, first))):
        if len(key) < _NEAR_KEY:
            continue
        most = 2 if len(key) >= _NEAR_TWO_KEY else 1
        codes = tuple(
            code
            for name, held in near.codes_by_key.items()
            if abs(len(name) - len(key)) <= most and is_within(key, name, edits=most)
            for code in held
            if near.level_of(code) == level
        )
        if codes:
            span = span_of(text, tokens[first].start, tokens[last].end)
            return last, _Mention(span, codes, _NEAR_SPELLING)
    return None


def _weighed(
    mentions: Sequence[_Mention], near: Gazetteer
) -> tuple[dict[str, float], dict[str, list[TextSpan]]]:
    """The weight of each place: a shared name is split, mostly to the places of a district that is named too."""
    named = {code for one in mentions for code in one.codes if near.level_of(code) == Level.DISTRICT}
    weights: dict[str, float] = defaultdict(float)
    spans: dict[str, list[TextSpan]] = defaultdict(list)
    for mention in mentions:
        inside = tuple(code for code in mention.codes if near.ancestor(code, Level.DISTRICT) in named)
        codes = inside or mention.codes
        for code in codes:
            is_inside = near.level_of(code) == Level.VILLAGE and code in inside
            weights[code] += mention.weight / len(codes) * (_IN_NAMED_DISTRICT if is_inside else 1.0)
            spans[code].append(mention.span)
    for code in list(weights):
        district = near.ancestor(code, Level.DISTRICT)
        if near.level_of(code) == Level.VILLAGE and district in named:
            spans[code] += spans[district]
    return dict(weights), dict(spans)


def _common(
    best: str,
    rivals: Sequence[str],
    *,
    weights: dict[str, float],
    spans: dict[str, list[TextSpan]],
    near: Gazetteer,
) -> PlaceSuggestion | None:
    """Equal weights: the district that holds them all is still sure; two districts are not decided."""
    tied = [best, *(code for code in rivals if weights[code] > weights[best] * _EQUAL)]
    districts = {near.ancestor(code, Level.DISTRICT) for code in tied}
    (district,) = districts if len(districts) == 1 else (None,)
    if district is None:
        return None
    spans = {**spans, district: [span for code in tied for span in spans[code]]}
    weights = {**weights, district: weights[best]}
    return _suggestion(district, [district, *tied], weights=weights, spans=spans, near=near, rival=None)


def _suggestion(
    code: str,
    ranked: Sequence[str],
    *,
    weights: dict[str, float],
    spans: dict[str, list[TextSpan]],
    near: Gazetteer,
    rival: str | None,
) -> PlaceSuggestion:
    place = near.places[code]
    against = weights[rival] if rival is not None else 0.0
    whole = sum(weights.values())
    others = tuple(
        PlaceAlternative(
            other,
            near.places[other].name,
            near.places[other].level,
            round(weights[other] / whole, 3),
            tuple(sorted(set(spans[other]))),
        )
        for other in ranked
        if other != code
    )
    return PlaceSuggestion(
        code=code,
        name=place.name,
        level=place.level,
        score=round(weights[code] / (weights[code] + against), 3),
        evidence=tuple(sorted(set(spans[code]))),
        alternatives=others[:_ALTERNATIVES],
    )
