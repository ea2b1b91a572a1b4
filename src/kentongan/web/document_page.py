"""What the page of one product shows: sheet, figures that moved, the way to the signature, files and receipts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from kentongan.accounts.permissions import Permission
from kentongan.documents.decisions import TEXTS, in_messages, moved
from kentongan.documents.queries import (
    FIGURE_NAMES,
    FORMS,
    addenda_of,
    code_of,
    content_of,
    daily_figures,
    deliveries_of,
    files_of,
    layout_of,
)
from kentongan.edge import jobs
from kentongan.places.queries import region_by_key, region_label, time_zone_of
from kentongan.policy import policy_on
from kentongan.web.forms.documents import DraftForm, SendForm
from kentongan.web.forms.reasons import ReasonForm
from kentongan.web.routing import StaffRequest, scope_of


def product_context(request: StaffRequest, product: Any, **forms: Any) -> dict[str, Any]:
    """The context of either page; `forms` replaces a form that was sent and refused."""
    shared = {
        "product": product,
        "place": region_label(product.area),
        "zone": time_zone_of(product.area).key,
        "state": policy_on(request.now.date())
        .lifecycles["period_report"]
        .label_of(product.state)
        .in_language(get_language() or "id"),
        "may_make": request.actor.may(Permission.DOCUMENT_MAKE, product.area),
        "may_sign": request.actor.may(Permission.DOCUMENT_SIGN, product.area),
        "reason_form": forms.get("reason_form") or ReasonForm(),
    }
    return {
        **shared,
        **(_signed(request, product, **forms) if product.is_signed else _draft(request, product, **forms)),
    }


def _draft(request: StaffRequest, product: Any, **forms: Any) -> dict[str, Any]:
    layout = layout_of(product.office_id or 0, on=product.day)
    content = content_of(product, layout, signer="", synthetic=False, at=request.now)
    initial = {**product.texts, "label": product.label}
    form = forms.get("form") or DraftForm(initial=initial, sections=content["sections"])
    changed = moved_figures(request, product)
    policy = policy_on(request.now.date())
    return {
        "content": content,
        "form": form,
        "sections": [
            (section, form[section["code"]], section["code"] in TEXTS) for section in content["sections"]
        ],
        "moved": changed,
        "moved_keys": {each["key"] for each in changed},
        "own": request.actor.audit_name in {product.made_by, product.edited_by},
        "probabilities": list(policy.vocabularies["verbal_probability"].values()),
        "editable": product.state == "drafting" and request.actor.may(Permission.DOCUMENT_MAKE, product.area),
    }


def moved_figures(request: StaffRequest, product: Any) -> list[dict[str, Any]]:
    """Which figures would be others if they were read now; an addendum keeps its own."""
    if product.amends_id is not None or not request.actor.may(Permission.DOCUMENT_MAKE, product.area):
        return []
    scope = scope_of(request, Permission.DOCUMENT_MAKE).within(region_by_key(product.area).range)
    live = daily_figures(scope, area=product.area, day=product.day, cut_off=request.now)
    language = int((get_language() or "id").startswith("en"))
    return [
        {"key": each.key, "name": FIGURE_NAMES[each.key][language], "was": each.was, "now": each.now}
        for each in moved(product.figures, live.as_plain())
    ]


def _signed(request: StaffRequest, product: Any, **forms: Any) -> dict[str, Any]:
    return {
        "content": product.content,
        "code": code_of(product),
        "messages_out": in_messages(product.text),
        "deliveries": list(deliveries_of(product)),
        "addenda": list(addenda_of(product, request.scope)),
        "send_form": forms.get("send_form") or SendForm(),
        **progress_of(product),
    }


def progress_of(product: Any) -> dict[str, Any]:
    """The files that are there, or how the job that makes them stands."""
    files = files_of(product)
    job = jobs.newest("documents.render", values={"subject": f"product:{product.pk}"})
    return {
        "files": [files[form] for form in FORMS if form in files],
        "ready": len(files) == len(FORMS),
        "failed": job is not None and job.state == "parked",
        "tries": job.tries if job is not None else 0,
        "old": product.content is None,
    }
