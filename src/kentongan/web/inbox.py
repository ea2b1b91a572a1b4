"""The queue of the inbox: which reports wait, sorted into boards, page by page, each as one row.

What a person filtered stands in the address and nowhere else, so that a board can be kept as a bookmark. Counts are
counted inside the reader's scope. The item and its context are made in `inbox_item` and `inbox_context`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Min
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kentongan.edge.formats import format_weekday_date, in_zone
from kentongan.intake.queries import (
    InboxFilter,
    Presence,
    change_mark,
    copies_count,
    inbox,
    presence_of,
    reports_named,
)
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.web.routing import StaffRequest
from kentongan.web.wording import language, zone_of_reader

PER_PAGE = 30
LONGEST_GIST = 160
EVERYTHING, PUT_OFF, DECIDED = "", "ditunda", "selesai"
NEWEST_FIRST = "baru"
URGENT = frozenset({"yes"})
Words = str | Promise

# Board: the word on its chip and what it holds. The code stands in the address.
BOARDS: Mapping[str, tuple[Words, InboxFilter]] = {
    EVERYTHING: (gettext_lazy("Semua"), InboxFilter()),
    "mendesak": (gettext_lazy("Bahaya"), InboxFilter(board="mendesak")),
    "silat": (gettext_lazy("Silat"), InboxFilter(tile="antarkelompok")),
    "hoaks": (gettext_lazy("Hoaks"), InboxFilter(tile="hoaks")),
    "tanpa-tempat": (gettext_lazy("Tanpa tempat"), InboxFilter(board="tanpa-tempat")),
    "pejabat": (gettext_lazy("Pejabat"), InboxFilter(board="pejabat")),
    "dibuka-lagi": (gettext_lazy("Dibuka lagi"), InboxFilter(board="dibuka-lagi")),
    PUT_OFF: (gettext_lazy("Ditunda"), InboxFilter(put_off=True)),
    DECIDED: (gettext_lazy("Selesai"), InboxFilter(decided=True)),
}
# Boards that are shown only while something stands on them.
SELDOM = frozenset({"tanpa-tempat", "pejabat", "dibuka-lagi", PUT_OFF})
CHANNEL_ICONS: Mapping[str, str] = {
    "article": "rss",
    "desk": "phone",
    "form": "web",
    "phone": "app",
    "paste": "wa",
    "sheet": "table",
    "mail": "mail",
}
CHANNELS: Mapping[str, Words] = {
    "form": gettext_lazy("Formulir publik"),
    "phone": gettext_lazy("Ponsel"),
    "paste": gettext_lazy("WhatsApp"),
    "desk": gettext_lazy("Dicatat petugas"),
    "article": gettext_lazy("Artikel"),
    "mail": gettext_lazy("Surel"),
    "sheet": gettext_lazy("Berkas CSV"),
}
# One short word per tile of the phone, for the chip of a row.
TILE_WORDS: Mapping[str, Words] = {
    "massa_bentrok": gettext_lazy("massa"),
    "ancaman": gettext_lazy("ancaman"),
    "hoaks": gettext_lazy("hoaks"),
    "lahan_desa": gettext_lazy("lahan"),
    "pemilihan": gettext_lazy("pemilihan"),
    "antarkelompok": gettext_lazy("silat"),
    "ibadah_adat": gettext_lazy("ibadah"),
    "siber": gettext_lazy("siber"),
    "bencana_lainnya": gettext_lazy("lainnya"),
}


@dataclass(frozen=True, slots=True)
class View:
    """What the address says: board, channel, words, order, page. Unknown values read as the usual ones."""

    board: str = EVERYTHING
    channel: str = ""
    text: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def of(cls, asked: QueryDict) -> View:
        board = asked.get("papan", "")
        if asked.get("lihat") == DECIDED:  # the address of earlier versions
            board = DECIDED
        channel, page = asked.get("kanal", ""), asked.get("page", "")
        return cls(
            board=board if board in BOARDS else EVERYTHING,
            channel=channel if channel in CHANNELS else "",
            text=asked.get("cari", "").strip()[:80],
            order=NEWEST_FIRST if asked.get("urut") == NEWEST_FIRST else "",
            page=int(page) if page.isdecimal() and len(page) < 7 else 1,
        )

    @property
    def filter(self) -> InboxFilter:
        return replace(BOARDS[self.board][1], channel=self.channel, text=self.text)

    @property
    def query(self) -> str:
        """The address again, without what is usual; empty for the whole inbox."""
        said = {"papan": self.board, "kanal": self.channel, "cari": self.text, "urut": self.order}
        pages = {"page": str(self.page)} if self.page > 1 else {}
        return urlencode({name: value for name, value in (said | pages).items() if value})

    @property
    def query_of_pages(self) -> str:
        """The same without the page, for the links between pages."""
        return replace(self, page=1).query


@dataclass(frozen=True, slots=True)
class Board:
    """One chip: a filter with its count, and the address that keeps it."""

    code: str
    words: Words
    count: int | None
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One report in the queue. What is a machine's guess says so: `place_guess`, `kind_guess`."""

    number: int
    url: str
    icon: str
    channel: Words
    clock: str
    place: str
    place_guess: bool
    kind: str
    kind_guess: bool
    gist: str
    copies: int
    danger: bool
    ongoing: bool
    worked_on: Presence | None
    outcome: Words
    day: date
    selected: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of rows in their groups, the boards with their counts, and where one stands in it."""

    view: View
    boards: tuple[Board, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    page: Page[Any]
    total: int
    oldest: datetime | None
    newest_number: int
    selected: int
    mark: str

    @property
    def rows(self) -> list[Row]:
        return [row for _words, rows in self.groups for row in rows]


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts of all boards and the age of the inbox, as they were under one mark."""

    mark: str
    boards: Mapping[str, int | None]
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the open report stands in its queue: its place, and the addresses before and after it."""

    position: int
    total: int
    before: str
    after: str
    after_number: int


def queue_of(request: StaffRequest, view: View, *, selected: int | None = None, mark: str = "") -> Queue:
    """The page of the queue that the view asks for; `selected` stands open, the first report when none is named.

    `mark` is what `mark_of` said a moment ago, where it was asked already.
    """
    counted = _counted(request, mark or mark_of(request, view))
    numbers = _ordered(request, view).values_list("pk", flat=True)
    paginator: Paginator[Any] = Paginator(numbers, PER_PAGE)
    known = counted.boards[view.board]
    if known is not None and not view.channel and not view.text:
        paginator.count = known  # a cached property: counted once is enough
    page = paginator.get_page(view.page)
    found = reports_named(request.scope, list(page.object_list))
    if selected is None:
        selected = found[0].pk if found else 0
    rows = _rows(request, found, view=view, selected=selected)
    return Queue(
        view=view,
        boards=tuple(_boards(view, counted.boards)),
        groups=tuple(_grouped(rows, request)),
        page=page,
        total=paginator.count,
        oldest=counted.oldest,
        newest_number=max((row.number for row in rows), default=0),
        selected=selected,
        mark=counted.mark,
    )


def standing_of(queue: Queue, number: int) -> Standing | None:
    """The neighbours of a report in the page that is shown; None where it is not on that page."""
    numbers = [row.number for row in queue.rows]
    if number not in numbers:
        return None
    here = numbers.index(number)
    before = queue.rows[here - 1].url if here else ""
    following = queue.rows[here + 1] if here + 1 < len(numbers) else None
    after, after_number = (following.url, following.number) if following else ("", 0)
    if following is None and queue.page.has_next():
        after = address_of(replace(queue.view, page=queue.page.next_page_number()))
    return Standing(queue.page.start_index() + here, queue.total, before, after, after_number)


def following(request: StaffRequest, view: View, decided: Iterable[int]) -> int:
    """The report that opens after these are decided: the next one that waits, else the first; 0 when none is left.

    Asked before the decision, while they still stand in the queue.
    """
    gone = list(decided)
    start = (view.page - 1) * PER_PAGE
    numbers = list(_ordered(request, view).values_list("pk", flat=True)[start : start + 2 * PER_PAGE])
    here = numbers.index(gone[0]) if gone and gone[0] in numbers else -1
    left = [number for number in numbers[here + 1 :] + numbers[: max(here, 0)] if number not in gone]
    return left[0] if left else 0


def address_of(view: View, number: int = 0) -> str:
    """The address of a report in this view; of the queue itself without a number."""
    path = reverse("report", args=[number]) if number else reverse("reports")
    return f"{path}?{view.query}" if view.query else path


def mark_of(request: StaffRequest, view: View) -> str:
    """The ETag of the queue as this reader sees it now: first what waits, then how it is looked at.

    Ages are told in minutes, so every minute makes another one.
    """
    minute = int(request.now.timestamp()) // 60
    seen = f"{view.query}|{language()}|{request.actor.account_id}"
    return f"{change_mark(request.scope)}-{minute:x}.{hashlib.sha256(seen.encode()).hexdigest()[:10]}"


def address_if_there(name: str) -> str:
    """The address of a page that another part brings; empty while it is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def gist_of(report: Any) -> str:
    """What a report says in one line: its title, or its first sentence."""
    text = " ".join((report.title or report.text_masked).split())
    sentence = text[: text.find(". ") + 1] if ". " in text else text
    return sentence if len(sentence) <= LONGEST_GIST else sentence[: LONGEST_GIST - 1].rstrip() + "…"


def zone_of(request: StaffRequest) -> str:
    """The reader's time zone, looked up once per request."""
    if not hasattr(request, "reader_zone"):
        request.reader_zone = zone_of_reader(request.actor)  # type: ignore[attr-defined]  # kept for this request alone
    return str(request.reader_zone)  # type: ignore[attr-defined]


def clock_of(moment: datetime, zone: str) -> str:
    """The hour alone, as people write it: "06.51"."""
    local = in_zone(moment, zone)
    return f"{local:%H:%M}" if language() == "en" else f"{local:%H.%M}"


def _ordered(request: StaffRequest, view: View) -> Any:
    rows: Any = inbox(request.scope, view.filter, request.now)
    if view.order == NEWEST_FIRST and view.board != DECIDED:
        rows = rows.order_by("calm", "-received_at", "-pk")
    return rows


def _counted(request: StaffRequest, mark: str) -> Counted:
    """How many wait on each board, counted again only when the mark, or the oldest report, says that something changed.

    What is finished is not counted, because it only grows.
    """
    waiting = inbox(request.scope, None, request.now).order_by().values("pk", "received_at")
    oldest = waiting.aggregate(oldest=Min("received_at"))["oldest"]
    ranges = "-".join(f"{part.low}.{part.high}" for sight in request.scope.sights for part in sight.own)
    state = f"{mark.partition('.')[0]}:{oldest.timestamp() if oldest else 0}"
    key = f"inbox-counted:{request.actor.account_id}:{ranges}:{state}"
    boards: Mapping[str, int | None] | None = cache.get(key)
    if boards is None:
        boards = {
            code: None if code == DECIDED else _size(inbox(request.scope, wanted, request.now))
            for code, (_words, wanted) in BOARDS.items()
        }
        cache.set(key, boards, timeout=90)
    return Counted(mark, boards, oldest)


def _size(rows: Any) -> int:
    # By number alone: telling rows apart by all their columns would read every text.
    return int(rows.order_by().values("pk").count())


def _boards(view: View, counts: Mapping[str, int | None]) -> Iterable[Board]:
    for code, (words, _filter) in BOARDS.items():
        if code in SELDOM and not counts[code] and view.board != code:
            continue
        here = replace(view, board=code, page=1)
        yield Board(code, words, counts[code], address_of(here), code == view.board)


def _rows(request: StaffRequest, found: Sequence[Any], *, view: View, selected: int) -> list[Row]:
    zone = zone_of(request)
    places = region_labels({each.area for each in found if each.area is not None})
    copies = copies_count(found, request.scope)
    presences = presence_of(found, request.now)
    return [
        _row(
            request,
            each,
            view=view,
            zone=zone,
            places=places,
            copies=copies.get(each.pk, 1),
            worked_on=presences.get(each.pk),
            selected=selected,
        )
        for each in found
    ]


def _row(
    request: StaffRequest,
    report: Any,
    *,
    view: View,
    zone: str,
    places: Mapping[int, str],
    copies: int,
    worked_on: Presence | None,
    selected: int,
) -> Row:
    guesses = {guess.kind: guess.value for guess in report.suggestions.all()}
    guessed_place = guesses.get("place", {}).get("name", "") if report.area is None else ""
    kind, is_guess = _kind(request, report, guesses)
    return Row(
        number=report.pk,
        url=address_of(view, report.pk),
        icon=CHANNEL_ICONS.get(report.channel, "doc"),
        channel=CHANNELS.get(report.channel, report.channel),
        clock=clock_of(report.received_at, zone),
        place=_short(places.get(report.area, "")) or guessed_place,
        place_guess=bool(guessed_place),
        kind=kind,
        kind_guess=is_guess,
        gist=gist_of(report),
        copies=copies,
        danger=report.danger in URGENT,
        ongoing=report.ongoing in URGENT,
        worked_on=worked_on if worked_on and worked_on.account_id != request.actor.account_id else None,
        outcome=report.get_triage_outcome_display() if report.triage_outcome else "",
        day=in_zone(report.received_at, zone).date(),
        selected=report.pk == selected,
    )


def _short(label: str) -> str:
    """A desa and its kecamatan by their bare names, as rows have little room; wider places as they are written."""
    names = label.split(", ")
    bare = (name.removeprefix("Desa ").removeprefix("Kel. ").removeprefix("Kec. ") for name in names)
    return ", ".join(bare) if len(names) == 2 and names[1].startswith("Kec. ") else label


def _kind(request: StaffRequest, report: Any, guesses: Mapping[str, Any]) -> tuple[str, bool]:
    """What a report seems to be about, in one word, and whether a machine said so."""
    if report.tile:
        return tile_word(request, report.tile), False
    if "tile" in guesses:
        return tile_word(request, guesses["tile"]["code"]), True
    return (_("rujuk"), True) if "hint" in guesses else ("", False)


def tile_word(request: StaffRequest, code: str) -> str:
    """A tile in one short word; a tile without one by its own label."""
    if code in TILE_WORDS:
        return str(TILE_WORDS[code])
    tile = policy_on(request.now.date()).report_tiles.get(code)
    return tile.label.in_language(language()) if tile else code


def _grouped(rows: Sequence[Row], request: StaffRequest) -> Iterable[tuple[str, tuple[Row, ...]]]:
    """Rows in the groups of the list: danger first, then day by day, in the order they come in."""
    today = in_zone(request.now, zone_of(request)).date()

    def heading(row: Row) -> str:
        if (row.danger or row.ongoing) and not row.outcome:
            return _("Bahaya atau masih berlangsung")
        if row.day == today:
            return _("Hari ini")
        return format_weekday_date(row.day, language=language())

    for words, group in groupby(rows, key=heading):
        yield words, tuple(group)
