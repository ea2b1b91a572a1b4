"""Words of the rule files in the reader's language (`{{ type.label|said }}`), and codes that may break over lines."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kentongan.accounts.actors import Actor
from kentongan.policy import Label
from kentongan.web.sources import reads_numbers
from kentongan.web.sources import shown_source as source_in_words

register = template.Library()


@register.filter
def said(label: Label | None) -> str:
    """The Indonesian or the English text of a label; nothing for none."""
    return label.in_language(get_language() or "id") if label is not None else ""


@register.filter
def breakable(code: str) -> SafeString:
    """A code such as `alerts.stand_down` that a narrow screen may break after its dots and underscores."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[._])", str(code))))


@register.filter
def source_for(report: Any, actor: Actor) -> str:
    """Where a report came from, as `actor` may see it."""
    return source_in_words(report.source, numbered=reads_numbers(actor, report.area))
