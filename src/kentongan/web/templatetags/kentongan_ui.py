"""Marks and formats for templates: icons, level, verification and grade badges, numbers, dates, ages.

The one place where a level or a verification state becomes a picture: shape + word, never colour alone. The
shapes live in `static/kentongan/icons.svg`; templates only name what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from kentongan.edge import formats

register = template.Library()


@dataclass(frozen=True)
class Mark:
    """A badge: the shape's name (also the suffix of its style class) and the word beside it."""

    shape: str
    word: str | Promise


LEVELS: Final = (
    Mark("normal", pgettext_lazy("tingkat peringatan", "Normal")),
    Mark("waspada", pgettext_lazy("tingkat peringatan", "Waspada")),
    Mark("siaga", pgettext_lazy("tingkat peringatan", "Siaga")),
    Mark("awas", pgettext_lazy("tingkat peringatan", "Awas")),
)
VERIFICATIONS: Final = {
    "unverified": Mark("unverified", gettext_lazy("BELUM TERVERIFIKASI")),
    "in_progress": Mark("progress", gettext_lazy("Sedang diperiksa")),
    "verified": Mark("verified", gettext_lazy("Terverifikasi")),
    "partly": Mark("partly", gettext_lazy("Sebagian benar")),
    "refuted": Mark("refuted", gettext_lazy("Tidak benar")),
    "inconclusive": Mark("inconclusive", gettext_lazy("Belum dapat dipastikan")),
}
SOURCE_WORDS: Final = {
    "A": gettext_lazy("sumber sepenuhnya dapat dipercaya"),
    "B": gettext_lazy("sumber biasanya benar"),
    "C": gettext_lazy("sumber cukup dapat dipercaya"),
    "D": gettext_lazy("sumber biasanya tidak dapat dipercaya"),
    "E": gettext_lazy("sumber tidak dapat dipercaya"),
    "F": gettext_lazy("sumber belum dapat dinilai"),
}
CONTENT_WORDS: Final = {
    "1": gettext_lazy("isi dikonfirmasi sumber lain"),
    "2": gettext_lazy("isi kemungkinan benar"),
    "3": gettext_lazy("isi mungkin benar"),
    "4": gettext_lazy("isi diragukan"),
    "5": gettext_lazy("isi kecil kemungkinannya benar"),
    "6": gettext_lazy("isi belum dapat dinilai"),
}


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Draw an icon of the sprite at 16, 20 or 28 px; it is decoration, so the word must stand beside it."""
    size_class = {16: "ik ik-16", 20: "ik", 28: "ik ik-28"}[size]
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        size_class,
        _sprite(),
        name,
    )


@register.simple_tag
def icon_names() -> tuple[str, ...]:
    """Name every icon of the sprite, in its order (for the components page)."""
    return _names_in_sprite()


@register.simple_tag
def level_badge(code: int | None, size: str = "") -> SafeString:
    """Draw an alert level 0..3 (or say that there is none yet); `size="lg"` for page heads."""
    if code is None:
        return format_html('<span class="muted">{}</span>', _("belum dinilai"))
    level = LEVELS[int(code)]
    larger = " lvl--lg" if size == "lg" else ""
    return format_html(
        '<span class="lvl lvl--{}{}">{}{}</span>',
        level.shape,
        larger,
        _shape("mark", level.shape),
        level.word,
    )


@register.simple_tag
def level_shape(code: int) -> SafeString:
    """Draw only the shape of a level; the word must stand beside it."""
    level = LEVELS[int(code)]
    return _shape(f"shape shape--{level.shape}", level.shape)


@register.simple_tag
def verification_badge(state: str) -> SafeString:
    """Draw what verification says; the unverified one is hatched and dashed and survives grey print."""
    mark = VERIFICATIONS[str(state)]
    return format_html(
        '<span class="ver ver--{}">{}<span>{}</span></span>',
        mark.shape,
        _shape("mark", mark.shape),
        mark.word,
    )


@register.simple_tag
def grade_badge(source: str, content: str | int) -> SafeString:
    """Write a grade as code and words; F6 is dashed, because neither half can be judged."""
    code = f"{source}{content}"
    if code == "F6":
        return format_html(
            '<span class="grade grade--none"><b>F6</b><span>{}</span></span>', _("belum dapat dinilai")
        )
    return format_html(
        '<span class="grade"><b>{}</b><span>{} · {}</span></span>',
        code,
        SOURCE_WORDS[str(source)],
        CONTENT_WORDS[str(content)],
    )


@register.simple_tag
def confidence(level: int) -> SafeString:
    """Write confidence 1..3 as a word with three dots."""
    word = (_("rendah"), _("sedang"), _("tinggi"))[level - 1]
    dots = (SafeString('<i class="on"></i>') * level) + (SafeString("<i></i>") * (3 - level))
    return format_html('{} <span class="conf" aria-hidden="true">{}</span>', word, SafeString(dots))


@register.filter
def local_time(value: datetime | None, zone: str = "Asia/Jakarta") -> str:
    """`{{ event.at|local_time:region.time_zone }}` → "12 Nov 2026, 08.15 WIB"."""
    return formats.local_time(value, zone, language=_language()) if value else formats.MISSING


@register.filter
def local_clock(value: datetime | None, zone: str = "Asia/Jakarta") -> str:
    """`{{ alert.due|local_clock:zone }}` → "08.15 WIB"."""
    return formats.local_clock(value, zone, language=_language()) if value else formats.MISSING


@register.filter
def local_date(value: date | None, zone: str = "") -> str:
    """`{{ value|local_date }}` → "Kam 12 Nov 2026"; a moment is first moved to `zone` or the active one."""
    if value is None:
        return formats.MISSING
    if isinstance(value, datetime):
        value = formats.in_zone(value, zone or timezone.get_current_timezone_name()).date()
    return formats.format_weekday_date(value, language=_language())


@register.filter
def number_id(value: float | Decimal | None, decimals: int | None = None) -> str:
    """`{{ n|number_id }}` → "1.234,5", in English "1,234.5"; `{{ n|number_id:1 }}` fixes the decimals."""
    return formats.format_number(value, decimals=decimals, language=_language())


@register.filter
def age(value: timedelta | None) -> str:
    """`{{ waited|age }}`, a duration → "3 j", "2 hr"."""
    return formats.format_age(value, language=_language()) if value is not None else formats.MISSING


@register.filter
def since(moment: datetime | None, now: datetime) -> str:
    """`{{ report.received_at|since:request.now }}` → the age of a moment as seen at `now`."""
    return age(now - moment) if moment else formats.MISSING


def _shape(css_class: str, name: str) -> SafeString:
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#m-{}"></use></svg>', css_class, _sprite(), name
    )


@cache
def _names_in_sprite() -> tuple[str, ...]:
    sprite = Path(__file__).parents[1] / "static" / "kentongan" / "icons.svg"
    return tuple(re.findall(r'<symbol id="i-([a-z0-9-]+)"', sprite.read_text(encoding="utf-8")))


def _sprite() -> str:
    return static("kentongan/icons.svg")


def _language() -> str:
    return get_language() or "id"
