"""Words for narrow columns: a label such as "intimidasi pemilih/penyelenggara" may break after its slashes."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def slashes(words: object) -> SafeString:
    """The same words, with a place to break after every slash."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in re.split(r"(?<=/)", str(words))))
