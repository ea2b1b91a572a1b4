"""Is this article the same as one that came before?

Two prints: an exact one that ignores case, spacing and punctuation, and a set of hashed runs of words
(shingles) whose overlap (Jaccard) finds copies with small changes.  Copies form a group; each stays a report
of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

from kentongan.analysis.text.normalise import comparison_key

SHINGLE_WORDS = 4
NEAR_DUPLICATE = 0.6  # Jaccard similarity from which on two texts count as copies; set by hand


@dataclass(frozen=True, slots=True)
class ContentPrint:
    """`exact`: hexadecimal SHA-256 of the comparison key.  `shingles`: 64-bit hashes of each run of four
    words."""

    exact: str
    shingles: frozenset[int]


def content_print(text: str) -> ContentPrint:
    """The print of a text, the same on every machine and in every run."""
    key = comparison_key(text)
    return ContentPrint(
        sha256(key.encode(errors="surrogatepass")).hexdigest(), frozenset(_shingles(key.split()))
    )


def similarity(one: ContentPrint, other: ContentPrint) -> float:
    """Jaccard similarity, 0 to 1; 1 for equal prints, 0 when either has fewer than four words and they
    differ."""
    if one.exact == other.exact:
        return 1.0
    together = len(one.shingles | other.shingles)
    return len(one.shingles & other.shingles) / together if together else 0.0


def is_near_duplicate(one: ContentPrint, other: ContentPrint, *, threshold: float = NEAR_DUPLICATE) -> bool:
    """Whether two texts are copies of each other, small changes allowed."""
    return similarity(one, other) >= threshold


def duplicate_of(
    prints: Sequence[ContentPrint], *, threshold: float = NEAR_DUPLICATE
) -> tuple[int | None, ...]:
    """For each print the index of the first of its kind, None for a first one.

    The answer is always an index that has None itself, so a chain of small changes does not wander.
    """
    by_shingle: dict[int, list[int]] = defaultdict(list)
    by_exact: dict[str, int] = {}
    answers: list[int | None] = []
    for index, current in enumerate(prints):
        first = by_exact.get(current.exact)
        if first is None:
            first = _closest(prints, current, by_shingle, threshold=threshold)
        answers.append(first)
        if first is None:
            by_exact[current.exact] = index
            for shingle in current.shingles:
                by_shingle[shingle].append(index)
    return tuple(answers)


def _closest(
    prints: Sequence[ContentPrint],
    current: ContentPrint,
    by_shingle: dict[int, list[int]],
    *,
    threshold: float,
) -> int | None:
    shared: Counter[int] = Counter()
    for shingle in current.shingles:
        shared.update(by_shingle.get(shingle, ()))
    scored = [(similarity(prints[index], current), -index) for index in shared]
    best, negative_index = max(scored, default=(0.0, 0))
    return -negative_index if best >= threshold and scored else None


def _shingles(words: Sequence[str]) -> Iterable[int]:
    return _hashes(
        " ".join(words[start : start + SHINGLE_WORDS]) for start in range(len(words) - SHINGLE_WORDS + 1)
    )


def _hashes(runs: Iterable[str]) -> Iterator[int]:
    for run in runs:
        yield int.from_bytes(blake2b(run.encode(errors="surrogatepass"), digest_size=8).digest(), "big")
