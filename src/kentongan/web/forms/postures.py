"""The form of a posture: which area, which level, around which day, why, and what is done first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.alerts.decisions import PostureProposal, window_around
from kentongan.policy import PolicyOnDate
from kentongan.web.forms.choices import set_choices
from kentongan.web.forms.events import DayInput

Choice = tuple[int, str]


class PostureForm(forms.Form):
    """H and the days around it make the window; a playbook gives the first action."""

    area = forms.TypedChoiceField(label=_("Wilayah"), coerce=int)
    level = forms.TypedChoiceField(label=_("Tingkat"), coerce=int, widget=forms.RadioSelect)
    anchor_on = forms.DateField(
        label=_("Hari H"), widget=DayInput, help_text=_("Hari pemungutan, acara, atau putusan.")
    )
    before = forms.IntegerField(label=_("Mulai berapa hari sebelumnya"), min_value=0, max_value=31, initial=7)
    after = forms.IntegerField(label=_("Sampai berapa hari sesudahnya"), min_value=0, max_value=31, initial=7)
    reason = forms.CharField(
        label=_("Kenapa tingkat ini"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    playbook = forms.ChoiceField(label=_("Buku saku"))
    first_action = forms.CharField(
        label=_("Tindakan pertama"), max_length=280, help_text=_("Siapa melakukan apa, sampai jam berapa.")
    )
    measures = forms.CharField(
        label=_("Langkah pencegahan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu langkah per baris, tangga 1 sampai 4."),
    )
    least_intrusive = forms.CharField(label=_("Cara paling lunak yang dipertimbangkan"), max_length=280)
    rights_affected = forms.CharField(
        label=_("Hak yang terdampak"), max_length=280, help_text=_('Tulis "tidak ada" bila memang tidak ada.')
    )
    owner = forms.TypedChoiceField(label=_("Pemilik"), coerce=int)
    recipients = forms.TypedMultipleChoiceField(
        label=_("Diberi tahu"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        language: str,
        areas: Sequence[Choice],
        agencies: Sequence[Choice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        levels = [level for level in policy.alert_levels.values() if level.number > 0]
        set_choices(self, "level", [(level.number, level.label.in_language(language)) for level in levels])
        set_choices(self, "area", areas)
        set_choices(self, "owner", agencies)
        set_choices(self, "recipients", agencies)
        books = [(each.code, each.label.in_language(language)) for each in policy.playbooks.values()]
        set_choices(self, "playbook", books)

    def proposal(self, zone: ZoneInfo) -> PostureProposal:
        """The proposal as a plain value; call after `is_valid`. `zone` is that of the area."""
        said = dict(self.cleaned_data)
        window = window_around(
            said["anchor_on"], before=said.pop("before"), after=said.pop("after"), zone=zone
        )
        return PostureProposal(**{**said, "recipients": tuple(said["recipients"]), "window": window})
