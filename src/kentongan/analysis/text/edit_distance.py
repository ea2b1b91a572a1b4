"""Edit distance of two words, cut off at a bound."""

from __future__ import annotations


def is_within(one: str, other: str, *, edits: int) -> bool:
    """Whether at most `edits` insertions, deletions or replacements turn one word into the other (Levenshtein
    1966)."""
    if abs(len(one) - len(other)) > edits:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, row[0] = row[0], i
        for j, other_letter in enumerate(other, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != other_letter))
        if min(row) > edits:
            return False
    return row[-1] <= edits
