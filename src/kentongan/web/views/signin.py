"""Signing in and out, password and second factor: the login library's views under our addresses and
declarations.

Names stay the library's own, because it reverses them. Sign-up, password reset by mail and e-mail management
have no address here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from allauth.account import views as account_views
from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as totp_views
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from kentongan.accounts.actions import set_own_password
from kentongan.accounts.login import FirstPassword
from kentongan.accounts.second_factor import ActivateForm, CodeAgainForm, CodeForm, refusal
from kentongan.edge.clocks import domain_now
from kentongan.web.routing import Audience, route


class OfficeLoginForm(LoginForm):
    """E-mail address or telephone number, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Nomor HP atau surel dinas")
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""


class OwnPasswordForm(ChangePasswordForm):
    """The present password and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class FirstPasswordForm(SetPasswordForm):
    """The first password of one's own; never the one-time code again."""

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        if self.user is not None and self.user.check_password(password):
            raise refusal("accounts.password_same")
        return password


class Login(account_views.LoginView):
    form_class = OfficeLoginForm


class ChangePassword(account_views.PasswordChangeView):
    form_class = OwnPasswordForm


class ActivateTotp(totp_views.ActivateTOTPView):
    form_class = ActivateForm


class Authenticate(factor_views.AuthenticateView):
    form_class = CodeForm


class Reauthenticate(factor_views.ReauthenticateView):
    form_class = CodeAgainForm


@login_stage_required(stage=FirstPassword.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def first_password(request: HttpRequest) -> HttpResponse:
    """Between the one-time code and the log-in: choose a password. Nobody is signed in on this page yet."""
    stage = request._login_stage  # type: ignore[attr-defined]
    form: Form = FirstPasswordForm(data=request.POST or None, user=stage.login.user)
    field = form.fields["password1"]
    if isinstance(field, CharField):
        field.help_text = ""
    if request.method == "POST" and form.is_valid():
        set_own_password(stage.login.user, form.cleaned_data["password1"], at=domain_now())
        answer: HttpResponse = stage.exit()
        return answer
    return render(request, "accounts/first_password.html", {"form": form}, status=422 if form.errors else 200)


def page(view: Any) -> Callable[..., HttpResponse]:
    """One of the library's views; their return type is the wider base class."""
    return cast("Callable[..., HttpResponse]", view)


_BOTH = ("GET", "POST")
_OPEN, _INSIDE = Audience.PUBLIC, Audience.SIGNED_IN

ROUTES: list[URLPattern] = [
    route("masuk/", page(Login.as_view()), name="account_login", need=_OPEN, methods=_BOTH),
    route("masuk/kata-sandi-baru/", first_password, name="account_first_password", need=_OPEN, methods=_BOTH),
    route("masuk/kode/", page(Authenticate.as_view()), name="mfa_authenticate", need=_OPEN, methods=_BOTH),
    route("masuk/tidak-aktif/", page(account_views.account_inactive), name="account_inactive", need=_OPEN),
    route("keluar/", page(account_views.logout), name="account_logout", need=_OPEN, methods=_BOTH),
    route(
        "akun-saya/pastikan/",
        page(account_views.reauthenticate),
        name="account_reauthenticate",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/pastikan/kode/",
        page(Reauthenticate.as_view()),
        name="mfa_reauthenticate",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/kata-sandi/",
        page(ChangePassword.as_view()),
        name="account_change_password",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/kata-sandi/buat/",
        page(account_views.password_set),
        name="account_set_password",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route("akun-saya/dua-langkah/", page(factor_views.index), name="mfa_index", need=_INSIDE),
    route(
        "akun-saya/dua-langkah/aktifkan/",
        page(ActivateTotp.as_view()),
        name="mfa_activate_totp",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/dua-langkah/matikan/",
        page(totp_views.deactivate_totp),
        name="mfa_deactivate_totp",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/kode-cadangan/",
        page(code_views.view_recovery_codes),
        name="mfa_view_recovery_codes",
        need=_INSIDE,
    ),
    route(
        "akun-saya/kode-cadangan/buat/",
        page(code_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
        need=_INSIDE,
        methods=_BOTH,
    ),
    route(
        "akun-saya/kode-cadangan/unduh/",
        page(code_views.download_recovery_codes),
        name="mfa_download_recovery_codes",
        need=_INSIDE,
    ),
]
