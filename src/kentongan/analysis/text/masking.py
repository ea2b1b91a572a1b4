"""Masking what identifies a person: by rule, before a text is stored where people read and search.

NIK, phone numbers, number plates, e-mail addresses and account handles become a word in brackets. In doubt the rules
mask: the full text stays sealed and opens by an audited action with a reason. Dates, prices, laws and region codes
stay readable, because a report without its figures helps nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_GAP = r"[ \t./()_\u2013\u2014-]{0,3}"  # how people part the digits of one number, never across lines
# Letters before the digits of a plate, by police region; others ("RT 03 RW 05", "C 1 KWK") are no plates.
_PLATE = r"(?:A[ABDEG]?|B[ABDEGHKLMNP]?|D[ABCDEGHKLMNPRT]?|E[ABD]?|F|G|H|K[BHTU]?|L|M|N|P[ABGSTY]?|R|S|T|W|Z)"
_LIKE_PLATE = r"(?=[A-Z]{1,2}[ -]?\d)"  # asked before the list of letters: most words fail at once
_DATE = r"\d{1,2}[./ -]\d{1,2}[./ -](?:19|20)\d{2}\b"
_BIRTHDAY = rf"(?:(?:0|4){_GAP}[1-9]|[1256]{_GAP}\d|(?:3|7){_GAP}[01]){_GAP}(?:0{_GAP}[1-9]|1{_GAP}[012])"

_DIGIT = re.compile(r"\d")
_NIK_DIGITS, _PHONE_DIGITS = 16, 9  # the fewest that the rule can match

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("surel", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("akun", re.compile(r"(?<![\w@.])@[A-Za-z0-9_][A-Za-z0-9_.]{2,29}\b")),
    # Sixteen digits together, or in groups where the middle six are a day as on identity and family cards.
    ("NIK", re.compile(rf"(?=\d)(?<!\d)(?:\d{{16}}|(?:\d{_GAP}){{6}}{_BIRTHDAY}(?:{_GAP}\d){{6}})(?!\d)")),
    # +62 before anything, 62 before a mobile number, or 0 and an area or mobile code: nine digits and more.
    (
        "telepon",
        re.compile(
            # The first sign first: at most places nothing else need be asked.
            rf"(?=[+06])(?<!\d)(?<!\d[.,/-])(?<![Rr]p)(?<![Rr]p )(?!{_DATE})"
            rf"(?:\+{_GAP}62(?:{_GAP}\d){{7,12}}|62(?={_GAP}8)(?:{_GAP}\d){{8,12}}|0{_GAP}[1-9](?:{_GAP}\d){{7,11}})(?!\d)"
        ),
    ),
    ("pelat", re.compile(rf"\b{_LIKE_PLATE}{_PLATE}(?:[ -]\d{{1,4}}[ -]|\d{{3,4}} ?)[A-Z]{{1,3}}\b")),
    ("pelat", re.compile(rf"\b{_LIKE_PLATE}{_PLATE}[ -]?\d{{3,4}}[ -]?[a-z]{{1,3}}\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its identifiers masked, and how many of each kind there were."""

    text: str
    counts: dict[str, int]


def mask_identifiers(text: str) -> Masked:
    """Replace each identifier by its kind in brackets: "hubungi 0812-3456-7890" → "hubungi [telepon]".

    What a mask lays bare is masked too, so that masking a masked text changes nothing. Every rule needs characters
    that no mask contains, so each round leaves fewer of them and the rounds end.
    """
    counts: Counter[str] = Counter()
    while True:
        before = text
        for kind, rule in _rules_for(text):
            text, found = rule.subn(f"[{kind}]", text)
            counts[kind] += found
        if text == before:
            return Masked(text, {kind: number for kind, number in counts.items() if number})


def _rules_for(text: str) -> list[tuple[str, re.Pattern[str]]]:
    """The rules that can match at all: most reports hold no "@" and too few digits for a number. Masks add neither."""
    digits, has_at = len(_DIGIT.findall(text)), "@" in text
    possible = {
        "surel": has_at,
        "akun": has_at,
        "NIK": digits >= _NIK_DIGITS,
        "telepon": digits >= _PHONE_DIGITS,
        "pelat": digits > 0,
    }
    return [(kind, rule) for kind, rule in _RULES if possible[kind]]
