"""What somebody answered on the report form, whichever way it came: as JSON from the page's script, or as a plain form.

A wrong type is sent back with the name of the field, because no phone of ours makes one. A code that is not known here
(an older phone, a newer form) never costs a report: it is dropped and named in `not_understood`. What was said about
an office is never dropped: an unknown answer there keeps the report at the province.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kentongan.edge.problems import Problem
from kentongan.policy import PolicyOnDate

LARGEST_JSON = 256 * 1024  # bytes
LONGEST_ANSWER = 2_000  # characters of any answer but the text itself; far more than any field offers
UNKNOWN_OFFICE = "tidak_dikenal"
CONTACT_FIELDS = ("nama", "telepon")
CHOICES: Mapping[str, Mapping[str, str | Promise]] = {
    "happens": {"now": _("Sekarang"), "earlier": _("Tadi"), "upcoming": _("Akan terjadi")},
    "knowledge": {"saw": _("Lihat sendiri"), "heard": _("Dengar orang"), "read": _("Baca di HP")},
    "ongoing": {"yes": _("Ya"), "no": _("Tidak"), "unknown": _("Tidak tahu")},
    "danger": {"yes": _("Ya"), "no": _("Tidak"), "unknown": _("Tidak tahu")},
}
TEXT_FIELDS = (
    "client_id", "tile", "text", "area", "place", "place_note", "happens", "happens_on", "knowledge", "ongoing", "danger",
    "accused", "sent_at",
)  # fmt: skip
# A day or clock beyond these is a phone that has lost its calendar, and more than some databases can turn into UTC.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_CODE = re.compile(r"[a-z0-9_]{1,20}")
_REGION = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one report, each of its right kind and known; `area` is a dotted code that may still not exist."""

    client_id: UUID
    text: str
    tile: str
    area: str
    place: str
    place_note: str
    latitude: Decimal | None
    longitude: Decimal | None
    happens: str
    happens_on: date | None
    knowledge: str
    ongoing: str
    danger: str
    accused: str
    sent_at: datetime | None
    contact: Mapping[str, str]
    as_account: bool
    not_understood: tuple[str, ...]


def json_object(body: bytes) -> Mapping[str, object]:
    """The object in a JSON body. Raises Problem for anything else, whatever it is."""
    if not body.strip():
        raise Problem("web.report_empty_body")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem("web.report_unreadable") from None
    if not isinstance(said, dict):
        raise Problem("web.report_unreadable")
    return said


def read_answers(said: Mapping[str, object], *, policy: PolicyOnDate) -> Answers:
    """The answers in what was sent. Raises Problem for a wrong type or a client id that is none."""
    dropped: list[str] = []
    words = {name: _text(said, name) for name in TEXT_FIELDS}
    latitude, longitude = _point(said, dropped)
    return Answers(
        client_id=_client_id(words["client_id"]),
        text=words["text"],
        tile=_known(words, "tile", policy.report_tiles, dropped),
        area=_dotted(words["area"], dropped),
        place=words["place"][:LONGEST_ANSWER],
        place_note=words["place_note"][:LONGEST_ANSWER],
        latitude=latitude,
        longitude=longitude,
        happens=_known(words, "happens", CHOICES["happens"], dropped),
        happens_on=_day(words["happens_on"], dropped),
        knowledge=_known(words, "knowledge", CHOICES["knowledge"], dropped),
        ongoing=_known(words, "ongoing", CHOICES["ongoing"], dropped),
        danger=_known(words, "danger", CHOICES["danger"], dropped),
        accused=_office(words["accused"], policy.accused_offices, dropped),
        sent_at=_moment(words["sent_at"], dropped),
        contact=_contact(said),
        as_account=_yes(said, "as_account"),
        not_understood=tuple(dropped),
    )


def _text(said: Mapping[str, object], name: str) -> str:
    """One answer as text, without NUL signs, which no reader sees and one database cannot store."""
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Problem("web.report_field_wrong", field=name)
    words = value.replace("\x00", "")
    return words if name == "text" else words.strip()


def _client_id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Problem("web.report_field_wrong", field="client_id") from None


def _known(words: Mapping[str, str], name: str, known: Collection[str], dropped: list[str]) -> str:
    code = words[name]
    if code and code not in known:
        dropped.append(name)
        return ""
    return code


def _office(code: str, known: Collection[str], dropped: list[str]) -> str:
    if not code or code in known:
        return code
    dropped.append("accused")
    return code if _CODE.fullmatch(code) else UNKNOWN_OFFICE


def _dotted(code: str, dropped: list[str]) -> str:
    if code and not _REGION.fullmatch(code):
        dropped.append("area")
        return ""
    return code


def _day(written: str, dropped: list[str]) -> date | None:
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        dropped.append("happens_on")
        return None
    if not _FIRST_YEAR <= day.year < _LAST_YEAR:
        dropped.append("happens_on")
        return None
    return day


def _moment(written: str, dropped: list[str]) -> datetime | None:
    """The phone's clock, with its offset; a clock without one says nothing."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not _FIRST_YEAR < moment.year < _LAST_YEAR:
        dropped.append("sent_at")
        return None
    return moment


def _point(said: Mapping[str, object], dropped: list[str]) -> tuple[Decimal | None, Decimal | None]:
    """Both coordinates rounded to three decimals (about 100 m), or neither."""
    latitude, longitude = _degrees(said, "latitude", most=90), _degrees(said, "longitude", most=180)
    if latitude is None or longitude is None:
        if said.get("latitude") not in (None, "") or said.get("longitude") not in (None, ""):
            dropped.append("latitude")
        return None, None
    return latitude, longitude


def _degrees(said: Mapping[str, object], name: str, *, most: int) -> Decimal | None:
    value = said.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Problem("web.report_field_wrong", field=name)
    try:
        degrees = float(value)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(degrees) or abs(degrees) > most:
        return None
    return Decimal(f"{degrees:.3f}")


def _contact(said: Mapping[str, object]) -> dict[str, str]:
    """How to reach the sender, if it was left: a name and a number, nothing else."""
    given = said.get("contact")
    if given is None:
        given = {name: said.get(f"contact_{name}") for name in CONTACT_FIELDS}
    if not isinstance(given, Mapping):
        raise Problem("web.report_field_wrong", field="contact")
    words = {name: _text(given, name)[:200] for name in CONTACT_FIELDS}
    return {name: value for name, value in words.items() if value}


def _yes(said: Mapping[str, object], name: str) -> bool:
    return said.get(name) in (True, "1", "true")
