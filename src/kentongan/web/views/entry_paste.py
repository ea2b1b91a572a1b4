"""Tempel WhatsApp: a copied message or a chat export becomes reports; who wrote them is dropped while it is read.

First a preview: each message with its grey guesses, to choose from and to place; then storing, with a receipt for each,
shown once. Nothing is kept between the two but what the page itself sends back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kentongan.analysis.text.kinds import KindSuggestion
from kentongan.edge.clocks import office_day
from kentongan.edge.formats import format_date
from kentongan.edge.problems import Problem
from kentongan.intake.channels.whatsapp import Chat, Message, read_chat
from kentongan.intake.decisions import masked_text
from kentongan.intake.queries.arrivals import numbers_of
from kentongan.pipeline.gazetteers import place_name
from kentongan.pipeline.guessing import read_message_text
from kentongan.pipeline.importing import Placing, draft_of, identities, store_messages
from kentongan.policy import PolicyOnDate, policy_on
from kentongan.web.entry_desk import NEED, SECTION, Desk, common, desk_of
from kentongan.web.forms.entry import MessagesForm, PasteForm
from kentongan.web.routing import StaffRequest, route
from kentongan.web.wording import language, zone_of_reader

SHOWN_LETTERS = 1_200
SHOWN_UNREAD = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One message on the preview. The guesses are grey: offered, never set."""

    number: int
    message: Message
    text: str
    is_cut: bool
    readings: tuple[str, ...]
    place_code: str
    place: str
    kind: str
    hint: str
    evidence: tuple[str, ...]
    known_as: int | None
    keep: Any
    use: Any
    place_field: Any


def report_paste(request: StaffRequest) -> HttpResponse:
    """The box to paste into, the preview, or the stored messages with their receipts."""
    desk = desk_of(request)
    if request.method != "POST":
        return _page(request, desk, PasteForm())
    form = PasteForm({"text": request.POST.get("text", "")})
    form.is_valid()
    try:
        chat = read_chat(form.cleaned_data.get("text", ""))
    except Problem as problem:
        form.add_error("text", problem.sentence(language()))
        return _page(request, desk, form)
    if not chat.messages:
        form.add_error("text", _("Tidak ada pesan berisi teks. Salin pesannya, lalu tempel lagi."))
        return _page(request, desk, form)
    if request.POST.get("do") == "simpan":
        return _store(request, desk, chat)
    return _preview(request, desk, chat, None)


def _store(request: StaffRequest, desk: Desk, chat: Chat) -> HttpResponse:
    form = MessagesForm(request.POST, chat=chat, within=desk.range)
    if not form.is_valid():
        return _preview(request, desk, chat, form)
    chosen = form.chosen()
    if not chosen:
        form.add_error(None, _("Belum ada pesan yang dipilih. Centang sedikitnya satu."))
        return _preview(request, desk, chat, form)
    ids = identities(chat, desk=desk.agency_id, today=office_day())
    zone = zone_of_reader(request.actor)
    drafts = [
        draft_of(chat.messages[number], ids[number], placing=Placing(area), zone=zone)
        for number, area in chosen.items()
    ]
    kept = store_messages(drafts, desk=desk.agency_id, at=request.now)
    rows = [
        {"kept": one, "gist": _cut(masked_text(draft.text), 160)[0]}
        for one, draft in zip(kept, drafts, strict=True)
    ]
    context = {
        "rows": rows,
        "new_count": sum(one.is_new for one in kept),
        "left_out": len(chat.messages) - len(rows),
    }
    return render(request, "entry/pasted.html", context)


def _page(request: StaffRequest, desk: Desk, form: PasteForm) -> HttpResponse:
    context = {**common(request, desk), "form": form}
    return render(request, "entry/paste.html", context, status=422 if form.errors else 200)


def _preview(request: StaffRequest, desk: Desk, chat: Chat, refused: MessagesForm | None) -> HttpResponse:
    """All messages chosen but those that are stored already; a refused choice stays as it was sent."""
    ids = identities(chat, desk=desk.agency_id, today=office_day())
    known = numbers_of(request.scope, ids)
    chosen = {f"keep-{number}": identity not in known for number, identity in enumerate(ids)}
    form = refused or MessagesForm(None, chat=chat, within=desk.range, initial=chosen)
    policy = policy_on(request.now.date())
    rows = [
        _row(number, message, form=form, known=known.get(identity), desk=desk, policy=policy)
        for number, (message, identity) in enumerate(zip(chat.messages, ids, strict=True))
    ]
    context = {
        **common(request, desk),
        "form": form,
        "pasted": request.POST.get("text", ""),
        "chat": chat,
        "rows": rows,
        "unread": chat.unread[:SHOWN_UNREAD],
        "unread_count": len(chat.unread),
        "is_order_open": any(message.is_date_open for message in chat.messages),
    }
    return render(request, "entry/paste_preview.html", context, status=422 if form.errors else 200)


def _row(
    number: int, message: Message, *, form: MessagesForm, known: int | None, desk: Desk, policy: PolicyOnDate
) -> Row:
    shown, is_cut = _cut(masked_text(message.text), SHOWN_LETTERS)
    # The masked text is read, as the worker will read it: no guess rests on what must not be shown.
    reading = read_message_text(shown, within=desk.within)
    place, kinds = reading.article.place, reading.kinds
    spans = [
        span for found in (place, kinds.type, kinds.tile, kinds.hint) if found for span in found.evidence
    ]
    return Row(
        number=number,
        message=message,
        text=shown,
        is_cut=is_cut,
        readings=tuple(format_date(moment.date(), language=language()) for moment in message.sent),
        place_code=place.code if place else "",
        place=place_name(place.code) if place else "",
        kind=_label(policy.event_types, kinds.type) or _label(policy.report_tiles, kinds.tile),
        hint=_label(policy.not_incidents, kinds.hint),
        evidence=tuple(dict.fromkeys(span.text for span in spans))[:6],
        known_as=known,
        keep=form[f"keep-{number}"],
        use=form[f"use-{number}"],
        place_field=form[f"place-{number}"],
    )


def _label(codes: Mapping[str, Any], found: KindSuggestion | None) -> str:
    entry = codes.get(found.code) if found else None
    return capfirst(entry.label.in_language(language())) if entry else ""


def _cut(text: str, most: int) -> tuple[str, bool]:
    return (text, False) if len(text) <= most else (f"{text[:most].rstrip()} …", True)


ROUTES: list[URLPattern] = [
    route(
        "laporan/tempel/",
        report_paste,
        name="report_paste",
        need=NEED,
        methods=("GET", "POST"),
        section=SECTION,
    )
]
