"""A recap in words: names of rows and columns, every figure with the address of the list behind it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kentongan.documents.decisions.periods import Period, Step, StepKind
from kentongan.documents.decisions.recap_table import SUM, Cell, Change, Known, Layout, Row, Unlike
from kentongan.documents.queries.recap import Recap, RecapAsked
from kentongan.edge.formats import format_date, format_number
from kentongan.events.decisions.filters import CONFIRMED, UNCONFIRMED
from kentongan.indicators.decisions import Completeness
from kentongan.places.keys import code_of, level_of_key
from kentongan.policy import PolicyOnDate
from kentongan.web.recap_asked import events_query
from kentongan.web.wording import language


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what is printed, the list behind it, whether it is a count at all, and how complete the news was."""

    text: str
    count: int | None
    url: str
    known: str
    share: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    name: str
    url: str
    cells: Sequence[Figure]
    pending_cells: Sequence[Figure]
    total: Figure
    pending: Figure
    refuted: Figure
    complete: str
    heard: str
    bar: int
    change: str
    arrow: str
    before: str
    before_count: int


@dataclass(frozen=True, slots=True)
class ShownRecap:
    columns: Sequence[str]
    rows: Sequence[ShownRow]
    foot: ShownRow
    has_pending: bool
    empty: bool


def shown(recap: Recap, policy: PolicyOnDate, address: str) -> ShownRecap:
    """The whole table in words. `address` is that of this page without a query."""
    most = max((row.total.tally.confirmed for row in recap.table.rows), default=0)
    rows = [_row(recap, policy, row, most=most, address=address) for row in recap.table.rows]
    foot = _row(recap, policy, recap.table.foot, most=0, address=address)
    tally = recap.table.foot.total.tally
    return ShownRecap(
        columns=[column_name(recap, policy, key) for key in recap.table.columns],
        rows=rows,
        foot=foot,
        has_pending=bool(tally.unverified),
        empty=not (tally.confirmed or tally.unverified or tally.refuted),
    )


def period_words(period: Period) -> str:
    """ "1 Nov 2026 – 12 Nov 2026", or the one day."""
    first, last = (format_date(day, language=language()) for day in (period.first, period.last))
    return first if period.first == period.last else f"{first} – {last}"


def column_name(recap: Recap, policy: PolicyOnDate, key: Hashable) -> str:
    if isinstance(key, date):
        step = next(step for step in recap.steps if step.key == key)
        return step_name(step)
    return type_name(policy, str(key), leaves=recap.asked.leaves)


def step_name(step: Step) -> str:
    words = format_date(step.first, language=language())
    if step.kind is StepKind.YEAR:
        return str(step.first.year)
    if step.kind is StepKind.MONTH:
        return words.split(" ", 1)[1]
    if step.kind is StepKind.WEEK and step.last != step.first:
        return f"{words.rsplit(' ', 1)[0]} – {format_date(step.last, language=language()).rsplit(' ', 1)[0]}"
    return words.rsplit(" ", 1)[0]


def type_name(policy: PolicyOnDate, code: str, *, leaves: bool) -> str:
    if leaves:
        leaf = policy.event_types.get(code)
        return f"{code} {leaf.label.in_language(language())}" if leaf else code
    group = policy.classes.get(code)
    return group.label.in_language(language()) if group else code


def row_name(recap: Recap, policy: PolicyOnDate, key: Hashable) -> str:
    if isinstance(key, int):
        if key == recap.asked.region.key and recap.asked.region.level < 4:
            return _("tanpa tempat lebih rinci")
        return recap.places[key]
    return type_name(policy, str(key), leaves=recap.asked.leaves) if key != SUM else _("Jumlah")


def share_words(complete: Completeness) -> str:
    """ "82 %", or that nothing was expected."""
    share = complete.share
    return (
        _("tidak diketahui")
        if share is None
        else f"{format_number(round(share * 100), language=language())} %"
    )


def change_words(change: Change) -> tuple[str, str]:
    """The difference in words and the name of its arrow."""
    if change.difference is None:
        why = {
            Unlike.UNHEARD: _("tidak diketahui, salah satu masa senyap"),
            Unlike.COVERAGE: _("tidak dibandingkan, kelengkapan berbeda"),
        }
        return (why[change.unlike] if change.unlike else ""), ""
    number = format_number(abs(change.difference), language=language())
    if change.difference > 0:
        return _("naik %(number)s") % {"number": number}, "up"
    if change.difference < 0:
        return _("turun %(number)s") % {"number": number}, "down"
    return _("tetap"), "same"


def _row(recap: Recap, policy: PolicyOnDate, row: Row, *, most: int, address: str) -> ShownRow:
    narrowed = _narrowed(recap.asked, row.key)
    total, complete = row.total, row.total.complete
    words, arrow = change_words(row.change)
    columns = [narrowed | _narrowed_column(recap, key) for key in recap.table.columns]
    cells = list(zip(row.cells, columns, strict=True))
    return ShownRow(
        name=row_name(recap, policy, row.key),
        url=_deeper(recap, row.key, address),
        cells=[_figure(recap, cell, each, CONFIRMED) for cell, each in cells],
        pending_cells=[_figure(recap, cell, each, UNCONFIRMED) for cell, each in cells],
        total=_figure(recap, total, narrowed, CONFIRMED),
        pending=_figure(recap, total, narrowed, UNCONFIRMED),
        refuted=_figure(recap, total, narrowed, "refuted"),
        complete=share_words(complete),
        heard=_("%(heard)s dari %(expected)s kabar")
        % {"heard": complete.heard, "expected": complete.expected},
        bar=round(total.tally.confirmed / most * 64) if most else 0,
        change=words,
        arrow=arrow,
        before=format_number(row.change.before, language=language()),
        before_count=row.change.before,
    )


def _figure(recap: Recap, cell: Cell, narrowed: dict[str, object], judged: str) -> Figure:
    counts = {CONFIRMED: cell.tally.confirmed, UNCONFIRMED: cell.tally.unverified}
    count = counts.get(judged, cell.tally.refuted)
    share = share_words(cell.complete) if recap.asked.layout is not Layout.AREA_TYPE else ""
    if not count and cell.known is not Known.COUNTED:
        word = _("senyap") if cell.known is Known.SILENT else "?"
        return Figure(word, None, "", cell.known.value, share)
    url = ""
    if count:
        url = f"{reverse('events')}?{events_query(recap.asked, **narrowed, verification=judged)}"
    return Figure(format_number(count, language=language()), count, url, Known.COUNTED.value, share)


def _narrowed(asked: RecapAsked, key: Hashable) -> dict[str, object]:
    if isinstance(key, int):
        if key == asked.region.key and asked.region.level < 4:
            return {"exactly": True}
        return {"area": code_of(key, level_of_key(key))}
    return _narrowed_type(asked, str(key)) if key != SUM else {}


def _narrowed_type(asked: RecapAsked, code: str) -> dict[str, object]:
    """A class, unless one leaf of it was asked for: the figure then counts that leaf alone."""
    wanted = asked.facets.type_code
    return {"type_code": wanted if wanted.startswith(f"{code}.") else code}


def _narrowed_column(recap: Recap, key: Hashable) -> dict[str, object]:
    if isinstance(key, date):
        step = next(step for step in recap.steps if step.key == key)
        return {"since": step.first, "until": step.last}
    return _narrowed_type(recap.asked, str(key))


def _deeper(recap: Recap, key: Hashable, address: str) -> str:
    """The same recap one level down."""
    if not isinstance(key, int) or key == recap.asked.region.key or level_of_key(key) == 4:
        return ""
    return f"{address}&wilayah={code_of(key, level_of_key(key))}"
