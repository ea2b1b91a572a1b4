"""The filter of events as one value, read from and written to a query string: list, inventory, map and export alike.

What a query string says that no list knows is left out, so that an old bookmark still opens; the page shows which
filters hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

OPEN = "terbuka"
UNJUDGED = "unverified"
# What a recap tells apart: confirmed (wholly or in part), and neither confirmed nor refuted.
CONFIRMED, UNCONFIRMED = "terkonfirmasi", "belum_terkonfirmasi"
LONGEST_SEARCH = 80

# The name in the address, Indonesian as the rest of it, by the name of the field.
QUERY_NAMES: Mapping[str, str] = {
    "kind": "sifat",
    "type_code": "jenis",
    "state": "keadaan",
    "verification": "verifikasi",
    "area": "wilayah",
    "since": "dari",
    "until": "sampai",
    "athg": "athg",
    "origin": "asal",
    "interest": "kepentingan",
    "field": "bidang",
    "form": "bentuk",
    "severity": "dampak",
    "victims": "korban",
    "exactly": "persis",
    "owner": "pemilik",
    "unowned": "tanpa",
    "overdue": "tinjau",
    "text": "cari",
    "sort": "urut",
}
SORTS = ("baru", "lama", "tanggal", "dampak", "tinjau")


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are asked for. Empty means any.

    `type_code` is a leaf ("KEL.02") or a class ("KEL"); `state` is a state of the lifecycle or "terbuka" (not closed,
    not only watched); `area` is a dotted code; the period is that of the happening; `severity` means at least.
    `verification` is a state, or "terkonfirmasi" or "belum_terkonfirmasi". `exactly` leaves out what lies in a finer part
    of the area. `victims` asks for a counted person: dead, hurt, violated or missing.
    """

    kind: str = ""
    type_code: str = ""
    state: str = ""
    verification: str = ""
    area: str = ""
    since: date | None = None
    until: date | None = None
    athg: str = ""
    origin: str = ""
    interest: str = ""
    field: str = ""
    form: str = ""
    severity: int | None = None
    victims: bool = False
    exactly: bool = False
    owner: int | None = None
    unowned: bool = False
    overdue: bool = False
    text: str = ""
    sort: str = ""

    @classmethod
    def from_query(cls, query: str) -> EventFilter:
        """Read "jenis=KEL&dampak=3"; a value that cannot be read counts as not given."""
        sent = {name: values[-1].strip() for name, values in parse_qs(query, max_num_fields=200).items()}
        # An earlier address of the list; still linked from bookmarks.
        if sent.get(QUERY_NAMES["state"]) == UNJUDGED:
            sent |= {QUERY_NAMES["state"]: OPEN, QUERY_NAMES["verification"]: UNJUDGED}
        read = {name: _read(name, sent.get(key, "")) for name, key in QUERY_NAMES.items()}
        return cls(**{name: value for name, value in read.items() if value is not None})

    def to_query(self) -> str:
        """The address of this filter; the same filter has one spelling."""
        said = {
            key: _written(getattr(self, name))
            for name, key in QUERY_NAMES.items()
            if getattr(self, name) not in _NONE
        }
        return urlencode(said)

    def without(self, *names: str) -> EventFilter:
        blank: dict[str, Any] = {each.name: each.default for each in fields(self) if each.name in names}
        return replace(self, **blank)

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the fields that narrow something."""
        return tuple(name for name in QUERY_NAMES if name != "sort" and getattr(self, name) not in _NONE)


_NONE = ("", None, False)


def _read(name: str, written: str) -> Any:
    return _READERS.get(name, _word)(written)


def _word(written: str) -> str:
    return written if len(written) <= 40 and written.isprintable() else ""


def _search(written: str) -> str:
    return " ".join(written.split())[:LONGEST_SEARCH]


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _yes(written: str) -> bool:
    return written not in {"", "0"}


def _sort(written: str) -> str:
    return written if written in SORTS else ""


_READERS: Mapping[str, Callable[[str], Any]] = {
    "since": _day,
    "until": _day,
    "severity": _number,
    "owner": _number,
    "victims": _yes,
    "exactly": _yes,
    "unowned": _yes,
    "overdue": _yes,
    "text": _search,
    "sort": _sort,
}


def _written(value: Any) -> str:
    if value is True:
        return "1"
    return value.isoformat() if isinstance(value, date) else str(value)
