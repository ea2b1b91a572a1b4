"""Forms of the account, agency and delegation pages; how a problem becomes a field's error."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.decisions import NewPost
from kentongan.accounts.queries import agency_kinds, delegation_kinds
from kentongan.accounts.roles import ROLES
from kentongan.edge.problems import Problem

Choices = Sequence[tuple[Any, Any]]

FIELD_OF = {
    "accounts.name_missing": "name",
    "accounts.contact_missing": "email",
    "accounts.email_bad": "email",
    "accounts.phone_bad": "phone",
    "accounts.contact_taken": "email",
    "accounts.agency_closed": "agency",
    "accounts.agency_unknown": "agency",
    "accounts.agency_name_taken": "name",
    "accounts.agency_unnamed": "name",
    "accounts.role_unknown": "role",
    "accounts.roles_conflict": "role",
    "accounts.assignment_doubled": "role",
    "accounts.days_not_in_order": "ends",
    "accounts.delegation_over": "ends",
    "accounts.delegation_too_long": "ends",
    "accounts.delegation_outside_post": "ends",
    "accounts.delegation_to_self": "deputy",
    "accounts.account_unknown": "deputy",
    "accounts.account_closed": "deputy",
    "accounts.reason_missing": "reason",
    "accounts.sheet_too_big": "file",
    "accounts.sheet_unreadable": "file",
    "accounts.sheet_columns_missing": "file",
    "accounts.sheet_too_long": "file",
    "accounts.sheet_empty": "file",
}


def language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def tell(form: forms.Form, problem: Problem) -> None:
    """Put the sentence beside the field it is about; what was typed stays in the form."""
    field = FIELD_OF.get(problem.code)
    form.add_error(field if field in form.fields else None, problem.sentence(language()))


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is nothing: an empty form is told what it lacks."""
    return request.POST if request.method == "POST" else None


def role_choices() -> list[tuple[str, str]]:
    return [(code, role.name[language()]) for code, role in ROLES.items()]


class DayInput(forms.DateInput):
    """The browser's own calendar; any of the usual spellings is read."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DayInput(),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
    )


class PostForm(forms.Form):
    """A role at an agency from a day on."""

    agency = forms.TypedChoiceField(label=_("Instansi"), coerce=int)
    role = forms.ChoiceField(label=_("Peran"), help_text=_("Artinya ada di halaman Peran dan wewenang."))
    title = forms.CharField(
        label=_("Jabatan"), required=False, max_length=80, help_text=_("Boleh kosong. Contoh: Kasi Trantib.")
    )
    starts = day_field(_("Mulai"))
    ends = day_field(_("Sampai"), required=False, help_text=_("Kosongkan bila belum ditentukan."))

    def __init__(self, *args: Any, agencies: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", _("Pilih instansi")), *agencies]  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", _("Pilih peran")), *role_choices()]  # type: ignore[attr-defined]
        self.fields["starts"].initial = today

    def post(self) -> NewPost:
        """The typed post of a valid form."""
        typed = self.cleaned_data
        return NewPost(typed["agency"], typed["role"], typed["title"], typed["starts"], typed["ends"])


class AccountForm(PostForm):
    """A new account with its first post."""

    name = forms.CharField(label=_("Nama"), max_length=80)
    email = forms.CharField(label=_("Surel dinas"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=30,
        required=False,
        help_text=_("Surel atau nomor HP, salah satu cukup."),
    )
    field_order = ("name", "email", "phone", "agency", "role", "title", "starts", "ends")


class ReasonForm(forms.Form):
    """A reason that stays in the trail."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False, help_text=_("Satu kalimat; tercatat dalam jejak.")
    )


class EndForm(ReasonForm):
    """The last day of a post."""

    last_day = day_field(_("Hari terakhir"))
    field_order = ("last_day", "reason")


class DelegationForm(ReasonForm):
    """Who acts for whom, from when to when."""

    post = forms.TypedChoiceField(label=_("Peran yang dilimpahkan"), coerce=int)
    deputy = forms.CharField(
        label=_("Pelaksana"), max_length=254, help_text=_("Surel atau nomor HP akun yang menjalankan tugas.")
    )
    kind = forms.ChoiceField(label=_("Jenis"), widget=forms.RadioSelect)
    starts = day_field(_("Mulai"))
    ends = day_field(_("Sampai"), help_text=_("Wajib; paling lama 92 hari. Sesudahnya berakhir sendiri."))
    field_order = ("post", "deputy", "kind", "starts", "ends", "reason")

    def __init__(self, *args: Any, posts: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("Pilih peran")), *posts]  # type: ignore[attr-defined]
        self.fields["kind"].choices = delegation_kinds()  # type: ignore[attr-defined]
        self.fields["kind"].initial = "plh"
        self.fields["starts"].initial = today


class SheetForm(forms.Form):
    """The spreadsheet itself."""

    file = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        help_text=_("Paling besar 2 MB dan 5.000 baris."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )


class AgencyForm(forms.Form):
    """What an agency is called."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=120,
        required=False,
        help_text=_("Contoh: Kepolisian Resor Waluku Utara."),
    )
    short_name = forms.CharField(
        label=_("Nama singkat"), max_length=40, required=False, help_text=_("Tampil di daftar dan surat.")
    )
    kind = forms.ChoiceField(label=_("Jenis"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = agency_kinds()  # type: ignore[attr-defined]
