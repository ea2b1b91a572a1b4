"""What the report form offers: tiles, places, answers and offices, as the templates and the page's script draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kentongan.accounts.actors import Actor
from kentongan.accounts.desks import areas_of_desks
from kentongan.accounts.queries import desk_reads
from kentongan.edge.clocks import office_day
from kentongan.places.keys import Level, RegionRange, code_of, level_of_key, level_of_range
from kentongan.places.queries import all_place_names, children_of, region_by_key, region_labels
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.lapor import CHOICES

MOST_NAMES = 700  # a kabupaten fits; a province does not, and then the districts alone are offered
MOST_NEARBY = 24
ELSEWHERE = "lain"
TILE_ICONS: Mapping[str, str] = {
    "massa_bentrok": "t-massa",
    "ancaman": "t-ancam",
    "hoaks": "t-hoaks",
    "lahan_desa": "t-lahan",
    "pemilihan": "t-pilih",
    "antarkelompok": "t-kelompok",
    "ibadah_adat": "t-ibadah",
    "siber": "t-siber",
    "bencana_lainnya": "t-lain",
}
_KNOWLEDGE_ICONS = {"saw": "eye", "heard": "users", "read": "app"}
_HAPPENS_ICONS = {"now": "warn", "earlier": "clock", "upcoming": "cal"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap: its code, its words, a smaller line below, an icon, and whether it is the present answer."""

    code: str
    label: str
    note: str = ""
    icon: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """One answer to "is this about an official?", with what it means here."""

    code: str
    label: str
    from_level: str
    readable: bool
    other_ways: tuple[str, ...]
    chosen: bool


def tiles(policy: PolicyOnDate, chosen: str, *, language: str) -> list[Choice]:
    """The pictures of the first step, in the order of the policy. A line may break after a stroke."""
    return [
        Choice(
            code,
            capfirst(tile.label.in_language(language)).replace("/", "/\u200b"),
            icon=TILE_ICONS.get(code, "t-lain"),
            chosen=code == chosen,
        )
        for code, tile in policy.report_tiles.items()
    ]


def answers(name: str, chosen: str) -> list[Choice]:
    """The answers of a question with a closed list."""
    notes: Mapping[str, str] = {
        "now": _("Masih berlangsung saat ini"),
        "earlier": _("Hari ini atau hari lalu"),
        "upcoming": _("Ada rencana atau ajakan"),
        "saw": _("Saya ada di tempat"),
        "heard": _("Orang lain bercerita"),
        "read": _("Grup, media sosial, berita"),
    }
    icons = _KNOWLEDGE_ICONS | _HAPPENS_ICONS
    return [
        Choice(
            code,
            str(label),
            notes.get(code, "") if name in {"happens", "knowledge"} else "",
            icons.get(code, ""),
            code == chosen,
        )
        for code, label in CHOICES[name].items()
    ]


def offices(policy: PolicyOnDate, chosen: str, *, language: str) -> list[Office]:
    """Whom a report may be about, who reads it then, and the other ways; honest where nobody here may read it."""
    levels = {office.lowest_level for office in policy.accused_offices.values()}
    readable = {level: desk_reads(None, level=level, on=office_day()) for level in levels}
    return [
        Office(
            code,
            office.label.in_language(language),
            level_words(office.lowest_level),
            readable[office.lowest_level],
            tuple(
                policy.referrals[other].label.in_language(language)
                for other in office.refers_to
                if other in policy.referrals
            ),
            code == chosen,
        )
        for code, office in policy.accused_offices.items()
    ]


def level_words(level: int) -> str:
    """The level of a desk in words."""
    words = (_("provinsi"), _("kabupaten/kota"), _("kecamatan"), _("desa"))
    return words[level - 1]


def nearby(actor: Actor, chosen: str) -> list[Choice]:
    """The own areas of a field member and what lies beside them; the first own village is the answer until changed."""
    own = sorted({part for post in actor.posts for part in post.own})
    keys = [key for part in own for key in _around(part)][:MOST_NEARBY]
    if not keys:
        return []
    labels = region_labels(keys)
    codes = {key: code_of(key, level_of_key(key)) for key in dict.fromkeys(keys)}
    preset = chosen or codes[keys[0]]
    return [Choice(code, labels[key], icon="pin", chosen=code == preset) for key, code in codes.items()]


def _around(part: RegionRange) -> list[int]:
    """A village with its neighbours in the district; a wider area with its parts."""
    region = region_by_key(part.low)
    if level_of_range(part) is Level.VILLAGE:
        beside = children_of(region.parent).exclude(key=part.low)
        return [part.low, *beside.values_list("key", flat=True)[: MOST_NEARBY - 1]]
    return [part.low, *children_of(region).values_list("key", flat=True)[: MOST_NEARBY - 1]]


def names_of_places() -> Sequence[str]:
    """What the place field offers while one types: villages with their district, or districts alone where they are many."""
    rows = [row for part in areas_of_desks() for row in all_place_names(within=part) if not row.is_alias]
    districts = {row.code: row.name for row in rows if row.level == Level.DISTRICT}
    names = [f"Kec. {name}" for name in districts.values()]
    villages = [
        f"{row.name}, Kec. {districts[row.parent_code]}"
        for row in rows
        if row.level == Level.VILLAGE and row.parent_code in districts
    ]
    return names + villages if len(names) + len(villages) <= MOST_NAMES else names[:MOST_NAMES]


def chosen_label(choices: Iterable[Any]) -> str:
    """The words of the present answer; nothing where there is none."""
    return next((choice.label for choice in choices if choice.chosen), "")
