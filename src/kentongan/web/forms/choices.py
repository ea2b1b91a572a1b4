"""Filling the choices of a form's field from the rules of the day or the reader's area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms


def set_choices(form: forms.Form, name: str, choices: Iterable[Any]) -> None:
    """Give the field its choices. Raises TypeError for a field that has none to give."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no field of choices")
    field.choices = list(choices)
