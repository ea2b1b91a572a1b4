"""A page's text as an article: title, body, and what is only page furniture.

Nothing is thrown away: every line keeps its place in `Article.text` and gets a role, so that a span found by
any later step can be shown on the same text.  `Article.readable` is that text with everything but title and
body blanked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from kentongan.analysis.text.normalise import clean_text, comparison_key
from kentongan.analysis.text.paragraphs import collapse_repeats
from kentongan.analysis.text.terms import ArticleTerms

TITLE_LENGTH = 120  # characters of a title cut from the first sentence
_LONGEST_TITLE = 220  # characters; a longer first line is a paragraph
_SHORT_SENTENCE = 40  # characters; "Kab. Waluku." is an abbreviation rather than the end of a sentence
_DATELINE = re.compile(r"(?:[^\n–—|-]{1,40} ?[–—|-]{1,2} ){1,3}")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{3,}\b")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*(?=\s|$)")
_TITLE_SEPARATOR = re.compile(r" [–—|-] ")


class LineRole(StrEnum):
    """What a line of the page is."""

    TITLE = "title"
    BODY = "body"
    REPEAT = "repeat"
    LINK = "link"
    STAMP = "stamp"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Line:
    """Characters `start` to `end` of the text, and their role."""

    start: int
    end: int
    role: LineRole


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    `title` is None only when nothing readable is left; when the page has no title line it is the beginning of
    the first sentence (`has_title_line` is False) and that sentence stays in the body.  `collapsed` counts
    paragraphs that were printed again and left out; `is_doubled` says that this was most of the body.
    """

    text: str
    lines: tuple[Line, ...]
    title: str | None
    has_title_line: bool
    paragraphs: tuple[str, ...]
    collapsed: int
    is_doubled: bool

    @property
    def body(self) -> str:
        """The paragraphs with an empty line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def readable(self) -> str:
        """`text` at the same offsets, with every line that is neither title nor body replaced by spaces."""
        return self.blanked(LineRole.TITLE, LineRole.BODY)

    @property
    def title_end(self) -> int:
        """Offset at which the title line ends; 0 when the page has none."""
        return max((line.end for line in self.lines if line.role is LineRole.TITLE), default=0)

    def blanked(self, *roles: LineRole) -> str:
        """`text` at the same offsets, with only the lines of these roles left."""
        parts: list[str] = []
        position = 0
        for line in self.lines:
            parts.append(self.text[position : line.start])
            words = self.text[line.start : line.end]
            parts.append(words if line.role in roles else " " * len(words))
            position = line.end
        return "".join([*parts, self.text[position:]])


def split_article(raw: str, *, terms: ArticleTerms) -> Article:
    """Read a page's text; any text gives an article, an empty one gives an article without title and body."""
    text = clean_text(raw)
    lines = _with_roles(text, terms)
    lines = _mark_titles(text, lines)
    body = [line for line in lines if line.role is LineRole.BODY]
    collapsed = collapse_repeats([_words(text, line) for line in body])
    kept = {body[index].start for index in collapsed.kept}
    lines = [
        replace(line, role=LineRole.REPEAT) if line.role is LineRole.BODY and line.start not in kept else line
        for line in lines
    ]
    title = next((_words(text, line) for line in lines if line.role is LineRole.TITLE), None)
    return Article(
        text=text,
        lines=tuple(lines),
        title=title or _cut_title(collapsed.paragraphs),
        has_title_line=title is not None,
        paragraphs=collapsed.paragraphs,
        collapsed=collapsed.collapsed,
        is_doubled=collapsed.is_doubled,
    )


def _words(text: str, line: Line) -> str:
    return text[line.start : line.end]


@lru_cache(maxsize=32)
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE) if patterns else None


def _matches(patterns: tuple[str, ...], words: str) -> re.Match[str] | None:
    pattern = _any_of(patterns)
    return pattern.match(words) if pattern else None


def _with_roles(text: str, terms: ArticleTerms) -> list[Line]:
    lines: list[Line] = []
    bare_link = False
    for start, end in _line_offsets(text):
        words = text[start:end]
        role = LineRole.LINK if bare_link and _is_title_like(words) else _role_of(words, terms)
        # "Baca juga:" alone on its line announces the link on the next one.
        bare_link = role is LineRole.LINK and words.endswith(":")
        lines.extend(_split_tail(text, Line(start, end, role), terms))
    return lines


def _line_offsets(text: str) -> Iterator[tuple[int, int]]:
    return ((found.start(), found.end()) for found in re.finditer(r"[^\n]+", text))


def _role_of(words: str, terms: ArticleTerms) -> LineRole:
    for patterns, role in (
        (terms.links, LineRole.LINK),
        (terms.stamps, LineRole.STAMP),
        (terms.boilerplate, LineRole.BOILERPLATE),
    ):
        if _matches(patterns, words):
            return role
    return LineRole.BODY if comparison_key(words) else LineRole.BOILERPLATE


def _split_tail(text: str, line: Line, terms: ArticleTerms) -> Iterable[Line]:
    pattern = _any_of(terms.tails)
    tail = pattern.search(text, line.start, line.end) if pattern and line.role is LineRole.BODY else None
    if tail is None or not comparison_key(text[line.start : tail.start()]):
        return (line,)
    cut = line.start + len(text[line.start : tail.start()].rstrip())
    return (replace(line, end=cut), Line(tail.start(), line.end, LineRole.BOILERPLATE))


def _is_title_like(words: str) -> bool:
    return (
        len(words) <= _LONGEST_TITLE
        and not words.rstrip("\"'”’)").endswith((".", ",", ";", ":"))
        and dateline_length(words) == 0
    )


def dateline_length(words: str) -> int:
    """Number of characters of a dateline ("Media – WALUKU – ") that begins the line; 0 when there is none."""
    found = _DATELINE.match(words)
    return found.end() if found and _CAPITALS.search(found[0]) else 0


def _mark_titles(text: str, lines: list[Line]) -> list[Line]:
    body = [line for line in lines if line.role is LineRole.BODY]
    if len(body) < 2 or not _is_title_like(_words(text, body[0])) or _words(text, body[1])[:1].islower():
        return lines
    first = comparison_key(_words(text, body[0]))
    forms = {first, *_without_site(_words(text, body[0]))}
    titles = [line for line in body if _same_title(_words(text, line), forms)]
    if len(titles) == len(body):
        return lines
    chosen = min(titles, key=lambda line: line.end - line.start)
    return [_title_role(line, titles=titles, chosen=chosen) for line in lines]


def _without_site(title: str) -> Iterator[str]:
    """Keys of the title without the site's name behind it ("Judul - BKP Kabupaten Waluku")."""
    for found in _TITLE_SEPARATOR.finditer(title):
        if found.start() >= len(title) // 2:
            yield comparison_key(title[: found.start()])


def _same_title(words: str, forms: set[str]) -> bool:
    if len(words) > _LONGEST_TITLE:
        return False
    return comparison_key(words) in forms or not forms.isdisjoint(_without_site(words))


def _title_role(line: Line, *, titles: Sequence[Line], chosen: Line) -> Line:
    if line == chosen:
        return replace(line, role=LineRole.TITLE)
    return replace(line, role=LineRole.REPEAT) if line in titles else line


def _cut_title(paragraphs: Sequence[str]) -> str | None:
    if not paragraphs:
        return None
    words = paragraphs[0][dateline_length(paragraphs[0]) :]
    ends = (found.end() for found in _SENTENCE_END.finditer(words, 0, TITLE_LENGTH * 2))
    return _shortened(words[: next((end for end in ends if end >= _SHORT_SENTENCE), len(words))])


def _shortened(sentence: str) -> str:
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    whole_words = sentence[:TITLE_LENGTH].rpartition(" ")[0].rstrip(" ,;:–—-")
    return (whole_words or sentence[: TITLE_LENGTH - 1]) + "…"
