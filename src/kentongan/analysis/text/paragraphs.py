"""A body that is printed twice: the second printing is left out and counted.

Pages often hold the text once for reading and once for copying, sometimes with another first sentence, so
copies are found paragraph by paragraph.  No paragraph with words of its own is ever left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kentongan.analysis.text.normalise import comparison_key

# Letters of the key.  A shorter line ("Tidak ada.") may be said twice; it is left out only inside a copy.
_LONG_PARAGRAPH = 25
# Share of the kept text that came again, from which on the page is doubled and does not just repeat a quote.
_DOUBLED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class CollapsedBody:
    """What is kept, the indexes of the kept paragraphs, how many were left out, and their share of the kept
    letters."""

    paragraphs: tuple[str, ...]
    kept: tuple[int, ...]
    collapsed: int
    repeated_share: float

    @property
    def is_doubled(self) -> bool:
        """Whether so much came twice that the body was printed twice."""
        return self.collapsed > 0 and self.repeated_share >= _DOUBLED_SHARE


def collapse_repeats(paragraphs: Sequence[str]) -> CollapsedBody:
    """Keep the first printing of each paragraph; compare without case, spacing and punctuation.

    Applying it to its own result changes nothing.
    """
    keys = [comparison_key(paragraph) for paragraph in paragraphs]
    kept = _kept(keys)
    chosen = set(kept)
    letters_kept = sum(len(keys[index]) for index in kept)
    letters_left = sum(len(key) for index, key in enumerate(keys) if index not in chosen)
    return CollapsedBody(
        paragraphs=tuple(paragraphs[index] for index in kept),
        kept=tuple(kept),
        collapsed=len(paragraphs) - len(kept),
        repeated_share=letters_left / letters_kept if letters_kept else 0.0,
    )


def _kept(keys: Sequence[str]) -> list[int]:
    kept: list[int] = []
    seen: set[str] = set()
    neighbours: set[tuple[str, str]] = set()
    copying = False
    for index, key in enumerate(keys):
        pair = (keys[index - 1] if index else "", key)
        copying = key in seen and (len(key) >= _LONG_PARAGRAPH or (copying and pair in neighbours))
        if not copying:
            kept.append(index)
        seen.add(key)
        neighbours.add(pair)
    return kept
