"""Form controls for templates: the widget with its class and its links to hint and error.

Works with any Django form, the login library's included. `parts/field.html` is the usual way to call it.
"""

from __future__ import annotations

from typing import Final

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

# Checked in order: the first class that the widget is decides how it is laid out.
_KINDS: Final = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "group"),
    (forms.RadioSelect, "group"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
)


@register.filter
def control_kind(field: BoundField) -> str:
    """Say how a field is laid out: hidden, checkbox, group, textarea, select or input."""
    return next((kind for widget, kind in _KINDS if isinstance(field.field.widget, widget)), "input")


@register.filter
def control_id(field: BoundField) -> str:
    """Name the element that an error link jumps to: the control, or the first option of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def control(field: BoundField, *, hint: str = "", autocomplete: str = "", inputmode: str = "") -> SafeString:
    """Render the widget with class, description and invalid state; no placeholder, the label says it."""
    attributes: dict[str, str | bool] = {"placeholder": False}
    kind = control_kind(field)
    if kind in ("input", "select", "textarea"):
        own = str(field.field.widget.attrs.get("class", ""))
        attributes["class"] = f"{kind} {own}".strip()
    described = described_by(field, hint)
    if described:
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    if inputmode:
        attributes["inputmode"] = inputmode
    return field.as_widget(attrs=attributes)


@register.simple_tag
def relabel(field: BoundField, label: str, hint: str = "") -> str:
    """Give a field of a form that is not ours our own words, before its summary and its control are drawn."""
    field.label = label
    field.help_text = hint
    return ""


@register.filter
def errors_of(field: BoundField) -> list[str]:
    """Say what is wrong with a field; an empty one is named, so that the summary can be read alone."""
    return [_sentence(error, str(field.label)) for error in field.errors.as_data()]


def _sentence(error: ValidationError, label: str) -> str:
    if error.code != "required" or not label:
        return " ".join(str(message) for message in error.messages)
    return _("Isi %(label)s.") % {"label": label if label[:2].isupper() else label[0].lower() + label[1:]}


@register.filter
def described_by(field: BoundField, hint: str = "") -> str:
    """Name the elements that describe a control: its error first, then its hint."""
    parts = []
    if field.errors:
        parts.append(f"{field.auto_id}-err")
    if hint or field.help_text:
        parts.append(f"{field.auto_id}-hint")
    return " ".join(parts)
