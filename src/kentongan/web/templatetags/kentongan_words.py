"""Words of the rule files in the reader's language (`{{ type.label|said }}`), and codes that may break over lines."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kentongan.policy import Label

register = template.Library()


@register.filter
def said(label: Label | None) -> str:
    """The Indonesian or the English text of a label; nothing for none."""
    return label.in_language(get_language() or "id") if label is not None else ""


@register.filter
def breakable(code: str) -> SafeString:
    """A code such as `alerts.stand_down` that a narrow screen may break after its dots and underscores."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=[._])", str(code))))
