"""Signing in with an office e-mail address or a telephone number, on the library's flow with our rules.

No sign-up, no mail, no address and no device is kept, no time of log-in is stored. Failures are slowed down
(`throttle`). Whoever holds a one-time code chooses a password before he is signed in at all
(`FirstPassword`), so no page needs to ask for it again.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core import context
from allauth.core.internal.httpkit import headed_redirect_response
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kentongan.accounts import one_time, throttle
from kentongan.accounts.actions import set_own_password
from kentongan.accounts.contacts import plain_email, plain_login, plain_phone
from kentongan.accounts.models import Account
from kentongan.accounts.queries import account_by_login
from kentongan.accounts.second_factor import SealedTotpAdapter, refusal
from kentongan.edge.clocks import domain_now, machine_now

__all__ = ["FirstPassword", "OfficeAdapter", "PhoneField", "SealedTotpAdapter"]

_WRONG_LOGIN = {
    "email_password_mismatch",
    "phone_password_mismatch",
    "username_password_mismatch",
    "invalid_login",
}
_SENTENCES = {
    "account/messages/password_changed.txt": _("Kata sandi sudah diganti."),
    "account/messages/password_set.txt": _("Kata sandi sudah dibuat."),
    "mfa/messages/totp_activated.txt": _("Masuk dua langkah sudah aktif."),
    "mfa/messages/totp_deactivated.txt": _("Masuk dua langkah sudah dimatikan."),
    "mfa/messages/recovery_codes_generated.txt": _("Kode cadangan baru sudah dibuat. Simpan di luar HP."),
}


class PhoneField(forms.CharField):
    """A telephone number in any spelling; gives it as +62…"""

    def clean(self, value: Any) -> str:
        number = plain_phone(str(super().clean(value)))
        if number is None:
            raise refusal("accounts.phone_bad", value=value)
        return number


class OfficeAdapter(DefaultAccountAdapter):
    """The rules of this house for the library's account pages."""

    # --- nobody signs up, nobody is written to, nothing is noted about a visit

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """An administrator resets passwords; no account page ever sends a mail."""

    def get_client_ip(self, request: HttpRequest) -> str:  # noqa: ARG002
        return ""

    def get_http_user_agent(self, request: HttpRequest) -> str:  # noqa: ARG002
        return ""

    def add_message(  # noqa: PLR0917
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own sentences; "you have signed in" is not worth one."""
        sentence = _SENTENCES.get(message_template or "") or message
        if sentence:
            messages.add_message(request, level, str(sentence), extra_tags=extra_tags)

    # --- the telephone number is a column of the account, always verified by whoever made it

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def get_user_by_phone(self, phone: str) -> Account | None:
        return account_by_login(email=None, phone=plain_phone(phone))

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    # --- checking a password

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        now = machine_now()
        minutes = throttle.minutes_to_wait(_tallies(request, credentials), now=now)
        if minutes:
            raise refusal("accounts.too_many_tries", minutes=minutes)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        account = _account_of(credentials)
        if account is not None and account.must_change_password:
            credentials["password"] = one_time.as_typed(str(credentials.get("password", "")))
        found = cast("Account | None", super().authenticate(request, **credentials))
        if found is not None:
            throttle.forgive(_tallies(request, credentials)[0])
        elif account is not None and account.must_change_password:
            # A one-time code is checked fast; without this the short answer would tell that the account exists.
            make_password("0")
        return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        throttle.count_failure(_tallies(request, credentials), now=machine_now())

    def reauthenticate(self, user: Any, password: str) -> bool:
        way = {"email": user.email} if user.email else {"phone": user.phone}
        found = self.authenticate(context.request, password=password, **way)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not when the password was just given: the second factor is set up right after the log-in."""
        records = get_authentication_records(context.request, context.request.user)
        recent = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not recent and bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: Any, password: str) -> None:
        set_own_password(user, password, at=domain_now())

    def validation_error(self, code: str, *args: object) -> ValidationError:
        if code in _WRONG_LOGIN:
            return refusal("accounts.login_wrong")
        if code in {"enter_current_password", "incorrect_password"}:
            return refusal("accounts.password_wrong")
        return super().validation_error(code, *args)

    # --- after the password

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "kentongan.accounts.login.FirstPassword"]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Pages speak the account's language from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("my_account")


class FirstPassword(LoginStage):
    """Between the one-time code and the log-in: a password of the person's own."""

    key = "first_password"
    urlname = "account_first_password"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        account = cast("Account | None", self.login.user)
        if account is None or not account.must_change_password:
            return None, True
        return headed_redirect_response(self.urlname), True


def _tallies(request: HttpRequest, credentials: dict[str, Any]) -> list[throttle.Tally]:
    """The login first, then the address it came from, if that says anything."""
    now = machine_now()
    tallies = [throttle.tally(throttle.LOGIN, plain_login(_typed(credentials)), now=now)]
    address = throttle.address_of(request.META.get("REMOTE_ADDR", ""))
    return [*tallies, throttle.tally(throttle.ADDRESS, address, now=now)] if address else tallies


def _account_of(credentials: dict[str, Any]) -> Account | None:
    typed = _typed(credentials)
    return account_by_login(email=plain_email(typed), phone=plain_phone(typed))


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("phone") or credentials.get("username") or "")
