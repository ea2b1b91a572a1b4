"""Words of the verification desk for templates: a grade of a source in words, a count by its number."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from kentongan.web.templatetags.kentongan_ui import SOURCE_WORDS

register = template.Library()


@register.filter
def at(counts: Mapping[int, int], number: int) -> int:
    """`{{ copies|at:report.pk }}` → the count of that row, 0 where there is none."""
    return counts.get(number, 0)


@register.simple_tag
def source_words(letter: str) -> str:
    """`{% source_words "B" %}` → "sumber biasanya benar"."""
    return str(SOURCE_WORDS[letter])
