"""Marking in a text the words on which a suggestion rests, so that a person sees at once why it was made.

The text is escaped piece by piece; only the marks are markup. Words are found as they stand, in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SHORTEST = 3  # characters: a shorter word stands everywhere and explains nothing
MOST_WORDS = 24


def marked(text: str, words: Iterable[object]) -> SafeString:
    """The text as safe paragraphs, each of the words inside `<mark>`."""
    found = _pattern(words)
    paragraphs = [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    return format_html_join("", "<p>{}</p>", ((_lines(part, found),) for part in paragraphs))


def _lines(text: str, found: re.Pattern[str] | None) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((_line(line, found),) for line in text.splitlines()))


def _line(line: str, found: re.Pattern[str] | None) -> SafeString:
    if found is None:
        return format_html("{}", line)
    # With one group, every second piece is a word that was found.
    pieces = enumerate(found.split(line))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if n % 2 else part,) for n, part in pieces)
    )


def _pattern(words: Iterable[object]) -> re.Pattern[str] | None:
    kept = {str(word).strip() for word in words if len(str(word).strip()) >= SHORTEST}
    longest_first = sorted(kept, key=lambda word: (-len(word), word))[:MOST_WORDS]
    if not longest_first:
        return None
    return re.compile("(" + "|".join(re.escape(word) for word in longest_first) + ")", re.IGNORECASE)
