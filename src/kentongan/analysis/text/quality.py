"""Signs that a text was mangled by a machine (automatic translation back and forth, careless rewriting).

Ordinary typing errors are no sign: only fixed wordings count, where a person who types has no reason to
differ: names of institutions, titles of regulations, names with their short form, and known slips of
translation.  Two independent signs make a text one of low quality; it is then kept as it is and read with
care, never corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from kentongan.analysis.text.edit_distance import is_within
from kentongan.analysis.text.normalise import comparison_key
from kentongan.analysis.text.spans import TextSpan, span_of
from kentongan.analysis.text.terms import Mistranslation, OfficialName, OfficialTitle, QualityTerms
from kentongan.analysis.text.tokens import Token, tokens_of

SIGNS_NEEDED = 2
_SHORTEST_WORD = 6  # letters; shorter words are near to too many others
_LONGEST_WORD = 24
_TWO_EDITS_FROM = 8  # letters; below that one edit
_SKELETON_FROM = 9  # letters; a shorter word has too few consonants to be known by them
_SOFT_LETTERS = frozenset("aeiouyh")  # what spelling varies most in names ("Mohammedia", "Muhammadiyah")
_FOREIGN_LETTERS = frozenset("vqxz")  # rare in Indonesian words, so a doubled word with one is odd
_NEIGHBOURS = 2  # words
_TITLE_REACH = 12  # words between a regulation's year and its title


class SignKind(StrEnum):
    """What kind of sign it is."""

    NEAR_MISS = "near_miss"
    SCRAMBLED_NAME = "scrambled_name"
    WRONG_SHORT_FORM = "wrong_short_form"
    WRONG_TITLE = "wrong_title"
    MISTRANSLATION = "mistranslation"
    ODD_DOUBLING = "odd_doubling"


@dataclass(frozen=True, slots=True)
class QualitySign:
    """One sign: its kind, the first place it stands at, and what is expected there ("" when that is not
    known)."""

    kind: SignKind
    span: TextSpan
    expected: str


@dataclass(frozen=True, slots=True)
class TextQuality:
    """All independent signs of a text: the same words count once, however often they come."""

    signs: tuple[QualitySign, ...]

    @property
    def is_low(self) -> bool:
        """Whether there are enough signs to call the text mangled."""
        return len(self.signs) >= SIGNS_NEEDED

    @property
    def evidence(self) -> tuple[TextSpan, ...]:
        """Where the signs stand."""
        return tuple(sign.span for sign in self.signs)


def text_quality(text: str, *, terms: QualityTerms) -> TextQuality:
    """Look for signs in a text; any text is read, an empty one has none."""
    tokens = tokens_of(text)
    found = [
        *_wrong_titles(text, tokens, terms.titles),
        *_wrong_names(text, tokens, terms.names),
        *_mistranslations(text, tokens, terms.mistranslations),
        *_near_misses(text, tokens, terms),
        *_odd_doublings(text, tokens, terms.doublings),
    ]
    return TextQuality(_independent(found))


def _independent(signs: Iterable[QualitySign]) -> tuple[QualitySign, ...]:
    """The first sign of each fault: one that overlaps another or has its words or its right wording is no
    second one."""
    kept: list[QualitySign] = []
    known: set[str] = set()
    taken: set[int] = set()
    for sign in signs:
        marks = {comparison_key(sign.span.text), sign.expected} - {""}
        place = set(range(sign.span.start, sign.span.end))
        if known.isdisjoint(marks) and taken.isdisjoint(place):
            kept.append(sign)
        # A sign left out still teaches its words, so that they do not count at their next place.
        known |= marks
        taken |= place
    return tuple(sorted(kept, key=lambda sign: sign.span))


def _sign(kind: SignKind, text: str, tokens: Sequence[Token], *, expected: str) -> QualitySign:
    end = tokens[-1].end
    closes = kind is SignKind.WRONG_SHORT_FORM and text[end : end + 1] == ")"
    return QualitySign(kind, span_of(text, tokens[0].start, end + closes), expected)


def _near_misses(text: str, tokens: Sequence[Token], terms: QualityTerms) -> Iterator[QualitySign]:
    index = _words_by_letter(terms.words)
    right = {word.casefold() for word in terms.words} | terms.known_words
    seen: set[str] = set()
    for token in tokens:
        if token.key in seen or token.key in right or not _is_checked(token):
            continue
        seen.add(token.key)
        expected = next((word for word in index.get(token.key[0], ()) if _is_near(token.key, word)), None)
        if expected is not None:
            yield _sign(SignKind.NEAR_MISS, text, (token,), expected=expected)


@lru_cache(maxsize=8)
def _words_by_letter(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word in words:
        index[word[0].casefold()].append(word.casefold())
    return {letter: tuple(found) for letter, found in index.items()}


def _is_checked(token: Token) -> bool:
    return token.is_capitalised and _SHORTEST_WORD <= len(token.key) <= _LONGEST_WORD


def _is_near(word: str, official: str) -> bool:
    if len(official) < _SHORTEST_WORD:
        return False
    if is_within(word, official, edits=2 if min(len(word), len(official)) >= _TWO_EDITS_FROM else 1):
        return True
    return min(len(word), len(official)) >= _SKELETON_FROM and _skeleton(word) == _skeleton(official)


def _skeleton(word: str) -> str:
    return "".join(letter for letter in word if letter not in _SOFT_LETTERS)


def _odd_doublings(text: str, tokens: Sequence[Token], ordinary: frozenset[str]) -> Iterator[QualitySign]:
    for one, other in pairwise(tokens):
        doubled = one.key == other.key and text[one.end : other.start] == "-"
        if (
            doubled
            and one.is_capitalised
            and one.key not in ordinary
            and not _FOREIGN_LETTERS.isdisjoint(one.key)
        ):
            yield _sign(SignKind.ODD_DOUBLING, text, (one, other), expected="")


def _wrong_titles(
    text: str, tokens: Sequence[Token], titles: Iterable[OfficialTitle]
) -> Iterator[QualitySign]:
    """Behind "Nomor 46 Tahun 2019 tentang" another title than the official one, yet half of its words."""
    by_number = {(title.number, str(title.year)): title for title in titles}
    for index in range(len(tokens) - 4):
        number, word, year = tokens[index : index + 3]
        title = by_number.get((number.key, year.key)) if word.key == "tahun" else None
        if title is None or index == 0 or tokens[index - 1].key not in ("nomor", "no"):
            continue
        wanted = comparison_key(title.title).split()
        start = _after_word(tokens, "tentang", start=index + 3)
        cited = tokens[start : start + len(wanted)] if start is not None else ()
        if _is_altered([token.key for token in cited], wanted):
            yield _sign(SignKind.WRONG_TITLE, text, cited, expected=title.title)


def _after_word(tokens: Sequence[Token], word: str, *, start: int) -> int | None:
    for index in range(start, min(start + _TITLE_REACH, len(tokens))):
        if tokens[index].key == word:
            return index + 1
    return None


def _is_altered(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Same length, half the words or more right, but not all; a typing error (two edits) in a word is let
    pass."""
    if len(words) != len(wanted):
        return False
    wrong = sum(not is_within(one, other, edits=2) for one, other in zip(words, wanted, strict=True))
    return 0 < wrong <= len(wanted) / 2


def _wrong_names(text: str, tokens: Sequence[Token], names: Iterable[OfficialName]) -> Iterator[QualitySign]:
    by_short = {name.short.casefold(): name for name in names if name.short}
    by_words = {tuple(sorted(comparison_key(name.name).split())): name for name in names}
    by_first = _names_by_words(tuple(names))
    sizes = sorted({len(words) for words in by_words if len(words) >= 3})
    for index, token in enumerate(tokens):
        yield from _scrambled(text, tokens[index : index + 8], by_words, sizes=sizes)
        if index and _opens_bracket(text, tokens[index - 1], token):
            yield from _wrong_expansion(text, tokens[:index][-8:], token, by_short.get(token.key))
            if _closes_bracket(text, token):
                yield from _wrong_short_form(text, tokens[max(0, index - 8) : index], token, by_first)


@lru_cache(maxsize=8)
def _names_by_words(names: tuple[OfficialName, ...]) -> dict[tuple[str, ...], OfficialName]:
    return {tuple(comparison_key(name.name).split()): name for name in names if name.short}


def _opens_bracket(text: str, before: Token, token: Token) -> bool:
    return text[before.end : token.start].strip() == "("


def _closes_bracket(text: str, token: Token) -> bool:
    return text[token.end : token.end + 2].lstrip()[:1] == ")"


def _scrambled(
    text: str, window: Sequence[Token], by_words: dict[tuple[str, ...], OfficialName], *, sizes: Sequence[int]
) -> Iterator[QualitySign]:
    """The words of an official name in another order ("Badan Politik dan Kesatuan Bangsa")."""
    if not window[0].is_capitalised:
        return
    for size in sizes:
        words = [token.key for token in window[:size]]
        name = by_words.get(tuple(sorted(words))) if len(words) == size else None
        if name is not None and words != comparison_key(name.name).split():
            yield _sign(SignKind.SCRAMBLED_NAME, text, window[:size], expected=name.name)


def _wrong_expansion(
    text: str, before: Sequence[Token], short: Token, name: OfficialName | None
) -> Iterator[QualitySign]:
    """A short form in brackets behind a name that is nearly, but not quite, the one it stands for."""
    if name is None or not short.is_capitalised:
        return
    wanted = comparison_key(name.name).split()
    words = before[-len(wanted) :]
    if _is_altered([token.key for token in words], wanted):
        yield _sign(SignKind.WRONG_SHORT_FORM, text, (*words, short), expected=name.name)


def _wrong_short_form(
    text: str, before: Sequence[Token], short: Token, by_words: dict[tuple[str, ...], OfficialName]
) -> Iterator[QualitySign]:
    """An official name followed by a word in brackets that is not its short form, such as "(Kuku)"."""
    for size in range(2, len(before) + 1):
        name = by_words.get(tuple(token.key for token in before[-size:]))
        if (
            name is not None
            and short.is_capitalised
            and not is_within(short.key, name.short.casefold(), edits=2)
        ):
            yield _sign(
                SignKind.WRONG_SHORT_FORM,
                text,
                (*before[-size:], short),
                expected=f"{name.name} ({name.short})",
            )


def _mistranslations(
    text: str, tokens: Sequence[Token], slips: Iterable[Mistranslation]
) -> Iterator[QualitySign]:
    by_first: dict[str, list[tuple[tuple[str, ...], Mistranslation]]] = defaultdict(list)
    for slip in slips:
        words = tuple(comparison_key(slip.wrong).split())
        by_first[words[0]].append((words, slip))
    for index, token in enumerate(tokens):
        for words, slip in by_first.get(token.key, ()):
            end = index + len(words)
            if tuple(one.key for one in tokens[index:end]) == words and _stands_beside(
                tokens, index, end, slip.beside
            ):
                yield _sign(SignKind.MISTRANSLATION, text, tokens[index:end], expected=slip.right)


def _stands_beside(tokens: Sequence[Token], start: int, end: int, words: frozenset[str]) -> bool:
    around = (*tokens[max(0, start - _NEIGHBOURS) : start], *tokens[end : end + _NEIGHBOURS])
    return not words or any(token.key in words for token in around)
