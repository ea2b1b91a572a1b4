"""The small forms of one sentence: why, or what came of it; and how a refused action stays on its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kentongan.edge.problems import Problem

# What the reader may not do, or may not know of, is a page of its own; anything else is mended on the form.
NOT_FOR_THE_FORM = frozenset({403, 404})


class ReasonForm(forms.Form):
    """One reason. Whether it may be empty is for the action to say, with a sentence that names the row."""

    reason = forms.CharField(
        label=_("Alasan"), required=False, max_length=280, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, hint: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = hint


class ResultForm(forms.Form):
    """What was done, as the proof of a task."""

    result = forms.CharField(
        label=_("Hasil"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Siapa berbuat apa, di mana, apa hasilnya. Tanpa nama orang."),
    )


def carried_out(form: forms.Form, write: Callable[[], object], *, field: str | None = None) -> bool:
    """Run the action; what it refuses stands on the form, with everything that was typed."""
    return refused(form, write, field=field) is None


def refused(form: forms.Form, write: Callable[[], object], *, field: str | None = None) -> Problem | None:
    """The same for pages that must know why: the problem that stands on the form, None when it was carried out."""
    try:
        write()
    except Problem as problem:
        if problem.status in NOT_FOR_THE_FORM:
            raise
        form.add_error(field, problem.sentence(get_language() or "id"))
        return problem
    return None
