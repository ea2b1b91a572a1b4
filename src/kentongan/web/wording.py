"""Words that several pages need: the reader's language, zones of many places at once, dates known in part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kentongan.accounts.actors import Actor
from kentongan.edge.formats import format_date, in_zone
from kentongan.places.keys import Level, key_at
from kentongan.places.queries import time_zone_of

HOME_ZONE = "Asia/Jakarta"


def language() -> str:
    """The language of this page, for labels of the policy and sentences of problems."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def zones_of(areas: Iterable[int]) -> Mapping[int, str]:
    """The zone of each place, asked once per province."""
    provinces = {area: key_at(area, Level.PROVINCE) for area in areas}
    zones = {province: time_zone_of(province).key for province in set(provinces.values())}
    return {area: zones[province] for area, province in provinces.items()}


def zone_of_reader(actor: Actor) -> str:
    """The zone of the reader's first own area; a reader without one sees western time."""
    own = next((part.low for post in actor.posts for part in post.own), None)
    return time_zone_of(own).key if own else HOME_ZONE


def greeting(now: datetime, zone: str) -> str:
    """How one greets at that hour of the day."""
    hour = in_zone(now, zone).hour
    if hour < 11:
        return _("Selamat pagi")
    if hour < 15:
        return _("Selamat siang")
    return _("Selamat sore") if hour < 18 else _("Selamat malam")


def date_words(written: str) -> str:
    """A date with or without its parts: "2 Des 2024", "Des 2024", "2 Des, tahun tidak disebut", "2024"."""
    if written.startswith("--"):
        numbers = [int(part) for part in written[2:].split("-")]
        words = format_date(date(2000, numbers[0], (*numbers, 1)[1]), language=language()).removesuffix(
            " 2000"
        )
        shown = words if len(numbers) > 1 else words.removeprefix("1 ")
        return _("%(date)s, tahun tidak disebut") % {"date": shown}
    parts = [int(part) for part in written.split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    words = format_date(date(year, month, day), language=language())
    return words.split(" ", 3 - len(parts))[-1] if len(parts) < 3 else words
