"""What a text may be about: a phone tile, a leaf type, or something that is no event at all; each with its words.

A type is suggested only where the matter in dispute and an act of threat, force, damage or hostility stand close
together.  Lawful protest, criticism, belief and a request for a street lamp show no such act, so the rules stay
silent on them and may hint where else the matter belongs.  What is denied, settled, rehearsed or merely to be
prevented counts less or not at all.  A person decides; the words (`kind_words_id` and the two lists it names) are passed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kentongan.analysis.text.spans import TextSpan, span_of

SHOWN_FROM = 0.5  # below this score nothing is said
_MOST_SENTENCES = 400  # what a longer text says first is enough
_LONGEST_SENTENCE = 260  # characters; chat messages go without full stops
_NEGATION_REACH = 45  # characters between a denial and what it denies
_SAME_SENTENCE, _NEXT_SENTENCE = 0.06, -0.08
_MORE_ACT, _MORE_SUBJECT, _MOST = 0.07, 0.04, 0.95
_ALTERNATIVE_WITHIN = 0.2  # of the best score
_MOST_EVIDENCE = 6
_SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\w)[^.!?;\n]+)*")


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words of one act, as alternatives of a regular expression that begin a word, and the reason they stand here."""

    words: str
    why: str


@dataclass(frozen=True, slots=True)
class KindRule:
    """A leaf type (or a tile alone, when `code` is empty): the matter, and the acts of which one must stand near.

    Without `acts` the words of the matter say enough by themselves.  `yes` and `no` are one sentence each that the
    rule must and must not find.
    """

    code: str
    tile: str
    matter: str
    acts: frozenset[str]
    weight: float
    why: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class HintRule:
    """What is no event: a code of the policy's list, the words, the reason, and one sentence that shows it."""

    code: str
    words: str
    why: str
    yes: str


@dataclass(frozen=True)
class KindWords:
    """Everything `read_kinds` must know of a language.

    `denied`: stands before an act that did not happen or is to be prevented.  `settled`, `staged`, `debunked`: frames
    of a whole text, with the factor by which each lowers it.  `lawful`: protest, criticism, labour; with these words
    and none of the acts in `force` nothing is suggested.  `private`: matters of a household.
    """

    acts: Mapping[str, WordGroup]
    rules: tuple[KindRule, ...]
    hints: tuple[HintRule, ...]
    denied: str
    frames: tuple[tuple[str, float], ...]
    lawful: str
    force: frozenset[str]
    private: str


@dataclass(frozen=True, slots=True)
class KindSuggestion:
    """One code with its score (0 to 1, no probability), the words it rests on, and other codes nearly as strong."""

    code: str
    score: float
    evidence: tuple[TextSpan, ...]
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class KindReading:
    """What the rules say; None where they stay silent.  `hint` is set only where no type is."""

    type: KindSuggestion | None = None
    tile: KindSuggestion | None = None
    hint: KindSuggestion | None = None


def either(*parts: str) -> str:
    """Several alternatives of a regular expression as one, for the word lists."""
    return "|".join(parts)


def read_kinds(text: str, *, words: KindWords, shown_from: float = SHOWN_FROM) -> KindReading:
    """Read a cleaned text; nothing raises, silence is an answer.

    The spans count on `text`; the same text and words always give the same reading.
    """
    if _finds(words.private, text):
        return KindReading(hint=_hint(text, words))
    sentences = _sentences(text)
    acts = [_acts_in(text, sentence, words) for sentence in sentences]
    if _finds(words.lawful, text) and not any(words.force & found.keys() for found in acts):
        return KindReading(hint=_hint(text, words))
    factor = _factor(text, words.frames)
    found = list(_found(text, sentences, acts, words=words, factor=factor))
    types = _best((one for one in found if one[0].code), key="code")
    tiles = _best(found, key="tile")
    kind, tile = _shown(types, shown_from), _shown(tiles, shown_from)
    return KindReading(kind, tile, _hint(text, words) if kind is None and tile is None else None)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a very long one is cut at spaces."""
    pieces: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        while end - start > _LONGEST_SENTENCE:
            cut = text.rfind(" ", start, start + _LONGEST_SENTENCE)
            cut = cut if cut > start else start + _LONGEST_SENTENCE
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
        if len(pieces) >= _MOST_SENTENCES:
            break
    return pieces


@lru_cache(maxsize=256)
def _pattern(alternatives: str) -> re.Pattern[str]:
    """The alternatives as whole words; an ending may follow ("bentrok" finds "bentrokan")."""
    return re.compile(rf"(?<!\w)(?:{alternatives})\w*", re.IGNORECASE)


def _finds(alternatives: str, text: str) -> bool:
    return _pattern(alternatives).search(text) is not None


def _spans(alternatives: str, text: str, sentence: tuple[int, int]) -> list[TextSpan]:
    return [
        span_of(text, *found.span()) for found in _pattern(alternatives).finditer(text, *sentence) if found[0]
    ]


def _acts_in(text: str, sentence: tuple[int, int], words: KindWords) -> dict[str, list[TextSpan]]:
    """The acts of a sentence that are not denied, by group."""
    found: dict[str, list[TextSpan]] = {}
    for name, group in words.acts.items():
        standing = [
            span
            for span in _spans(group.words, text, sentence)
            if not _is_denied(text, sentence, span, words.denied)
        ]
        if standing:
            found[name] = standing
    return found


def _is_denied(text: str, sentence: tuple[int, int], span: TextSpan, denied: str) -> bool:
    before = text[max(sentence[0], span.start - _NEGATION_REACH) : span.start]
    return _denial(denied).search(before) is not None


@lru_cache(maxsize=8)
def _denial(denied: str) -> re.Pattern[str]:
    """A denial with at most three words between it and the act, and no comma."""
    return re.compile(rf"(?<!\w)(?:{denied})(?:[ :]+[\w'/-]+){{0,3}}[ :\"“'(]*$", re.IGNORECASE)


def _factor(text: str, frames: Sequence[tuple[str, float]]) -> float:
    return min((factor for frame, factor in frames if _finds(frame, text)), default=1.0)


_Found = tuple[KindRule, float, tuple[TextSpan, ...]]


def _found(
    text: str,
    sentences: Sequence[tuple[int, int]],
    acts: Sequence[Mapping[str, list[TextSpan]]],
    *,
    words: KindWords,
    factor: float,
) -> Iterator[_Found]:
    """Every rule that holds in some sentence, with its score there."""
    for rule in words.rules:
        for place, sentence in enumerate(sentences):
            matter = _spans(rule.matter, text, sentence)
            if not matter:
                continue
            if not rule.acts:
                yield rule, _score(rule, matter, [], near=0.0) * factor, tuple(matter)
                continue
            for other, nearness in (
                (place, _SAME_SENTENCE),
                (place + 1, _NEXT_SENTENCE),
                (place - 1, _NEXT_SENTENCE),
            ):
                done = _done(rule, acts[other], matter) if 0 <= other < len(sentences) else []
                if done:
                    yield rule, _score(rule, matter, done, near=nearness) * factor, (*matter, *done)
                    break


def _done(rule: KindRule, acts: Mapping[str, list[TextSpan]], matter: Sequence[TextSpan]) -> list[TextSpan]:
    """The acts the rule asks for; a word cannot be its own act."""
    own = {(span.start, span.end) for span in matter}
    spans = {span for name in rule.acts for span in acts.get(name, ())}
    return sorted(span for span in spans if (span.start, span.end) not in own)


def _score(rule: KindRule, matter: Sequence[TextSpan], done: Sequence[TextSpan], *, near: float) -> float:
    more_acts = len({span.text.casefold() for span in done}) - 1 if done else 0
    more_matter = len({span.text.casefold() for span in matter}) - 1
    return min(_MOST, rule.weight + near + _MORE_ACT * more_acts + _MORE_SUBJECT * more_matter)


def _best(found: Iterable[_Found], *, key: str) -> list[tuple[str, float, tuple[TextSpan, ...]]]:
    """The strongest finding of each code, strongest first; equal ones in the order of the rules."""
    best: dict[str, tuple[float, tuple[TextSpan, ...]]] = {}
    for rule, score, spans in found:
        code = getattr(rule, key)
        if code and score > best.get(code, (0.0, ()))[0]:
            best[code] = (score, spans)
    return sorted(((code, score, spans) for code, (score, spans) in best.items()), key=lambda one: -one[1])


def _shown(
    ranked: Sequence[tuple[str, float, tuple[TextSpan, ...]]], shown_from: float
) -> KindSuggestion | None:
    if not ranked or ranked[0][1] < shown_from:
        return None
    code, score, spans = ranked[0]
    others = tuple(
        (other, round(weight, 2))
        for other, weight, _ in ranked[1:4]
        if weight >= max(shown_from, score - _ALTERNATIVE_WITHIN)
    )
    return KindSuggestion(code, round(score, 2), tuple(sorted(set(spans)))[:_MOST_EVIDENCE], others)


def _hint(text: str, words: KindWords) -> KindSuggestion | None:
    """The first rule that finds its words: they stand in the order of what a person must see first."""
    for rule in words.hints:
        spans = _spans(rule.words, text, (0, len(text)))
        if spans:
            return KindSuggestion(rule.code, SHOWN_FROM, tuple(spans[:_MOST_EVIDENCE]))
    return None
