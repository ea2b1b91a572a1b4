"""How events look in a list: the row in words, its filter in words, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kentongan.accounts.labels import Label
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_in_scope
from kentongan.alerts.queries import alerts_in, is_in_force
from kentongan.edge.formats import format_date, format_number, local_time
from kentongan.events.decisions.filters import QUERY_NAMES
from kentongan.events.queries import EventFilter, titles
from kentongan.places.queries import region_labels
from kentongan.policy import policy_on
from kentongan.web.forms.event_filter import FilterForm
from kentongan.web.routing import StaffRequest, scope_of
from kentongan.web.templatetags.kentongan_ui import LEVELS, VERIFICATIONS
from kentongan.web.wording import language, zone_of_reader


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event in a list. `level` is that of the highest alert in force that the reader may see."""

    event: Any
    title: str
    place: str
    level: int | None
    state: str
    kind: str
    review_late: bool


def rows_of_list(request: StaffRequest, found: Sequence[Any]) -> list[EventRow]:
    """The rows of one page of a list, names and levels asked for once for all."""
    levels = _levels(request, found)
    named, places = titles(found, language=language()), region_labels(event.area for event in found)
    lifecycles = policy_on(request.now.date()).lifecycles
    today = request.now.date()
    return [
        EventRow(
            event=event,
            title=named[event.pk],
            place=places[event.area],
            level=levels.get(event.pk),
            state=lifecycles["event"].label_of(event.state).in_language(language()),
            kind=lifecycles["event_kind"].label_of(event.kind).in_language(language()),
            review_late=is_late(event, today),
        )
        for event in found
    ]


def is_late(event: Any, today: date) -> bool:
    """Whether somebody should have looked again by now."""
    return bool(event.review_on and event.review_on < today and event.state not in {"watch", "closed"})


def filter_form(request: StaffRequest, query: str) -> FilterForm:
    """The filter of an address as a form; what no list knows is left out."""
    ranges = [part for post in request.actor.posts for part in post.own]
    owners = agencies_in_scope(request.scope).filter(active=True).order_by("kind", "short_name")
    return FilterForm(
        QueryDict(EventFilter.from_query(query).to_query()),
        policy=policy_on(request.now.date()),
        language=language(),
        owners=list(owners.values_list("pk", "short_name")),
        within=ranges[0] if len(ranges) == 1 else None,
        auto_id="saring_%s",
    )


def filters_in_words(form: FilterForm, asked: EventFilter) -> list[tuple[str, str, str]]:
    """Each filter that holds: its name, its value in words, and the address without it."""
    lines = []
    for name in asked.given:
        field = form[QUERY_NAMES[name]]
        lines.append((str(field.label), _said(field), asked.without(name).to_query()))
    return lines


def export_lines(request: StaffRequest, found: Iterable[Any]) -> tuple[list[str], list[list[object]]]:
    """Head and rows of a file; what is unverified says so in its own column and in capitals."""
    head = [
        _("Nomor"), _("Label"), _("Verifikasi"), _("Nilai"), _("Judul"), _("Sifat"), _("Jenis"), _("Wilayah"),
        _("Tanggal"), _("Ketelitian tanggal"), _("Dampak"), _("Tingkat"), _("Keadaan"), _("Pemilik"),
        _("Tinjau berikutnya"), _("Dicatat"), _("Ringkasan"),
    ]  # fmt: skip
    zone = zone_of_reader(request.actor)
    rows = rows_of_list(request, list(found))
    return head, [_line(row, zone) for row in rows]


def watermark(request: StaffRequest, *, count: int, label: int) -> str:
    """Who took what out, when, and how far it may go."""
    said = _("%(label)s · %(count)s peristiwa · diunduh %(name)s · %(time)s · jangan diteruskan")
    return said % {
        "label": Label(label).word.upper(),
        "count": format_number(count, language=language()),
        "name": request.actor.name,
        "time": local_time(request.now, zone_of_reader(request.actor), language=language()),
    }


def _line(row: EventRow, zone: str) -> list[object]:
    event = row.event
    return [
        event.number,
        Label(event.label).word,
        str(VERIFICATIONS[event.verification].word),
        f"{event.source_grade}{event.content_grade}",
        row.title,
        row.kind,
        event.type_code,
        row.place,
        event.happens_on.isoformat(),
        event.time_precision,
        event.severity,
        str(LEVELS[row.level].word) if row.level is not None else "",
        row.state,
        event.owner.short_name,
        event.review_on.isoformat() if event.review_on else "",
        local_time(event.created_at, zone, language=language()),
        event.summary,
    ]


def _levels(request: StaffRequest, found: Sequence[Any]) -> dict[int, int]:
    levels: dict[int, int] = {}
    if request.actor.may(Permission.ALERT_READ):
        numbers = [event.pk for event in found]
        alerts = alerts_in(scope_of(request, Permission.ALERT_READ)).filter(event_id__in=numbers)
        for alert in sorted(filter(is_in_force, alerts), key=lambda alert: alert.level):
            levels[alert.event_id] = alert.level
    return levels


def _said(field: Any) -> str:
    """The value of a filled field as a person reads it."""
    value = field.value()
    if isinstance(field.form.cleaned_data.get(field.name), date):
        return format_date(field.form.cleaned_data[field.name], language=language())
    if field.name == "wilayah":
        return region_labels([field.form.cleaned_data[field.name]])[field.form.cleaned_data[field.name]]
    if field.name in {"tanpa", "tinjau", "korban", "persis"}:
        return _("ya")
    flat = [
        choice
        for code, words in getattr(field.field, "choices", [])
        for choice in (words if isinstance(words, list | tuple) else [(code, words)])
    ]
    return str(dict(flat).get(str(value), value))
