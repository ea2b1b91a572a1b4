"""What every staff page shows around its content: the rail by role, the area, the clock, the strip of a demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kentongan import __version__
from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.edge.formats import local_weekday_time
from kentongan.pipeline.world import is_demo
from kentongan.places.keys import RegionRange
from kentongan.places.queries import children_of, region_by_key, region_labels

MOST_CHOICES = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail: shown to whoever holds its permission."""

    icon: str
    label: Any
    name: str
    need: Permission


RAIL: Sequence[Entry] = (
    Entry("home", gettext_lazy("Beranda"), "home", Permission.HOME_READ),
    Entry("inbox", gettext_lazy("Kotak Masuk"), "reports", Permission.REPORT_READ),
    Entry("event", gettext_lazy("Peristiwa"), "events", Permission.EVENT_READ),
    Entry("eye", gettext_lazy("Permintaan cek"), "field_checks", Permission.CHECK_ANSWER),
    Entry("quiet", gettext_lazy("Senyap"), "coverage", Permission.COVERAGE_READ),
    Entry("kentongan", gettext_lazy("Peringatan"), "alerts", Permission.ALERT_READ),
    Entry("task", gettext_lazy("Tindak Lanjut"), "tasks", Permission.TASK_READ),
    Entry("map", gettext_lazy("Peta"), "map", Permission.EVENT_READ),
    Entry("doc", gettext_lazy("Ringkasan"), "briefs", Permission.DOCUMENT_READ),
    Entry("doc", gettext_lazy("Laporan"), "products", Permission.DOCUMENT_READ),
    Entry("table", gettext_lazy("Rekap"), "recap", Permission.RECAP_READ),
)
RAIL_END: Sequence[Entry] = (
    Entry("scale", gettext_lazy("Uji hak"), "checks", Permission.PROPORTIONALITY_READ),
    Entry("clock", gettext_lazy("Kinerja"), "performance", Permission.PERFORMANCE_READ),
    Entry("key", gettext_lazy("Identitas"), "disclosures", Permission.DISCLOSURE_REQUEST),
    Entry("key", gettext_lazy("Identitas"), "disclosures_held", Permission.DISCLOSURE_HOLD),
    Entry("eye", gettext_lazy("Identitas"), "disclosures_overseen", Permission.DISCLOSURE_OVERSEE),
    Entry("audit", gettext_lazy("Transparansi"), "audit_own", Permission.AUDIT_OWN),
    Entry("gear", gettext_lazy("Administrasi"), "administration", Permission.POLICY_READ),
)

# The second is the large one in the middle of the thumb's reach.
FIELD_TABS: Sequence[Entry] = (
    Entry("task", gettext_lazy("Tugas"), "field_tasks", Permission.REPORT_SEND),
    Entry("speak", gettext_lazy("Lapor"), "home", Permission.HOME_READ),
    Entry("doc", gettext_lazy("Laporan saya"), "own_reports", Permission.REPORT_SEND),
    Entry("info", gettext_lazy("Info"), "field_info", Permission.REPORT_SEND),
)


def shell_context(request: HttpRequest) -> dict[str, Any]:
    """The context of `shell.html` and `front.html`; small enough to be made on every page."""
    actor: Actor | None = getattr(request, "actor", None)
    context: dict[str, Any] = {"version": __version__, "theme": request.COOKIES.get("kentongan_theme", "")}
    now = getattr(request, "now", None)
    if now is not None and is_demo():
        context |= {
            "demo": True,
            "clock_text": local_weekday_time(now, "Asia/Jakarta", language=_language()),
            "forward_url": _forward_url(actor),
        }
    if actor is None or not actor.account_id:
        return context
    section = getattr(request, "section", "")
    context |= {
        "actor": actor,
        "account_name": actor.name,
        "account_title": ", ".join(post.role.name[_language()] for post in actor.posts),
        "rail": [_entry(entry, section) for entry in RAIL if actor.may(entry.need)],
        "rail_end": [_entry(entry, section) for entry in RAIL_END if actor.may(entry.need)],
        "scope_choices": scope_choices(actor, getattr(request, "area", None), request.get_full_path()),
    }
    if any(post.role.field for post in actor.posts):
        context["tabs"] = field_tabs(section)
    return context


Tab = tuple[str, str, str, int | None, bool]


def field_tabs(section: str, *, waiting: int = 0) -> list[Tab]:
    """The four tabs at the foot of a phone; `waiting` is the count on Tugas where the page has it at hand."""
    tabs = [_entry(entry, section)[:5] for entry in FIELD_TABS]
    icon, label, url, _count, current = tabs[0]
    return [(icon, label, url, waiting or None, current), *tabs[1:]]


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _forward_url(actor: Actor | None) -> str:
    return reverse("move_clock") if actor is not None and actor.account_id else ""


RailEntry = tuple[str, str, str, int | None, bool, tuple[()]]


def _entry(entry: Entry, section: str) -> RailEntry:
    return entry.icon, str(entry.label), reverse(entry.name), None, section == entry.name, ()


def scope_choices(actor: Actor, chosen: RegionRange | None, here: str) -> list[tuple[str, str, bool]]:
    """The areas a person may narrow every page to: all of the own, or one of them, or a part of a single one."""
    ranges = sorted({part for post in actor.posts for part in post.own})
    regions = [region_by_key(part.low) for part in ranges]
    if len(regions) == 1:
        regions += list(children_of(regions[0]))[:MOST_CHOICES]
    choices = []
    if len(ranges) > 1:
        choices.append((_("Semua wilayah saya"), _area_url("", here), chosen is None))
    labels = region_labels(region.key for region in regions[:MOST_CHOICES])
    for number, region in enumerate(regions[:MOST_CHOICES]):
        whole = number == 0 and len(ranges) == 1
        current = chosen.low == region.key and chosen.high == region.range_end if chosen else whole
        choices.append((labels[region.key], _area_url("" if whole else region.code, here), current))
    return choices


def _area_url(code: str, here: str) -> str:
    return f"{reverse('choose_area')}?{urlencode({'kode': code, 'next': here})}"
