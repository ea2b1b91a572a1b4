"""Forms of alerts and tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kentongan.alerts.decisions import Proposal
from kentongan.policy import PolicyOnDate
from kentongan.response.decisions import Assignment
from kentongan.web.forms.choices import set_choices

AgencyChoice = tuple[int, str]

LADDER = (
    (1, _("1. Klarifikasi dan dialog")),
    (2, _("2. Mediasi")),
    (3, _("3. Pengalihan rute atau waktu")),
    (4, _("4. Kehadiran patroli")),
)


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class AlertForm(forms.Form):
    """A proposal: level, what, who first, for whom, how long, and whether it is proportionate."""

    level = forms.TypedChoiceField(label=_("Tingkat"), coerce=int, widget=forms.RadioSelect)
    message = forms.CharField(
        label=_("Pesan"),
        max_length=280,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Apa, di mana, kapan. Paling banyak 280 karakter."),
    )
    reason = forms.CharField(
        label=_("Kenapa tingkat ini"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = forms.TypedChoiceField(label=_("Pemilik"), coerce=int)
    first_action = forms.CharField(
        label=_("Tindakan pertama"), max_length=280, help_text=_("Siapa melakukan apa, sampai jam berapa.")
    )
    playbook = forms.CharField(
        label=_("Buku saku"), max_length=120, help_text=_("Contoh: Dialog dan pengalihan rute.")
    )
    recipients = forms.TypedMultipleChoiceField(
        label=_("Penerima"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.IntegerField(label=_("Berlaku (jam)"), min_value=1, initial=72)
    least_intrusive = forms.CharField(label=_("Cara paling lunak yang dipertimbangkan"), max_length=280)
    rights_affected = forms.CharField(
        label=_("Hak yang terdampak"), max_length=280, help_text=_('Tulis "tidak ada" bila memang tidak ada.')
    )

    def __init__(
        self,
        *args: Any,
        policy: PolicyOnDate,
        language: str,
        agencies: Sequence[AgencyChoice],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        levels = [level for level in policy.alert_levels.values() if level.number > 0]
        set_choices(self, "level", [(level.number, level.label.in_language(language)) for level in levels])
        set_choices(self, "owner", agencies)
        set_choices(self, "recipients", agencies)

    def proposal(self) -> Proposal:
        """The proposal as a plain value; call after `is_valid`."""
        said = dict(self.cleaned_data)
        return Proposal(**{**said, "recipients": tuple(said["recipients"])})


class TaskForm(forms.Form):
    """One thing, one agency, one deadline; the ladder begins with dialogue."""

    what = forms.CharField(label=_("Apa yang diminta"), max_length=280)
    measure = forms.TypedChoiceField(label=_("Tangga tindakan"), coerce=int, choices=LADDER)
    agency = forms.TypedChoiceField(label=_("Instansi"), coerce=int)
    due_at = forms.DateTimeField(label=_("Tenggat"), widget=MomentInput, help_text=_("Waktu setempat."))

    def __init__(self, *args: Any, agencies: Sequence[AgencyChoice], **options: Any) -> None:
        super().__init__(*args, **options)
        set_choices(self, "agency", agencies)

    def assignment(self, *, due: datetime) -> Assignment:
        """The task as a plain value; `due` is the deadline in UTC."""
        said = self.cleaned_data
        return Assignment(what=said["what"], measure=said["measure"], agency=said["agency"], due_at=due)
