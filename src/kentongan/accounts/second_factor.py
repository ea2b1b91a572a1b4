"""The second factor: its secret rests sealed, its use leaves no time, and guessing its codes is slowed down.

Between the page with the picture and the first code the secret waits in the session, which is a row in the
database: there, too, it is sealed.
"""

from __future__ import annotations

import base64
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from kentongan.accounts import throttle
from kentongan.accounts.models import Account
from kentongan.edge.clocks import machine_now
from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import field_sealer

_CONTEXT = "mfa_authenticator:secret"


class SealedTotpAdapter(DefaultMFAAdapter):
    """Secrets and seeds of recovery codes go to the database sealed with the instance's field key."""

    def encrypt(self, text: str) -> str:
        return sealed(text, context=_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return unsealed(encrypted_text, context=_CONTEXT)

    def get_totp_label(self, user: Any) -> str:
        return str(user.email or user.phone or user)

    def validation_error(self, code: str, *args: object) -> ValidationError:
        if code == "incorrect_code":
            return refusal("accounts.code_wrong")
        return super().validation_error(code, *args)


class ActivateForm(ActivateTOTPForm):
    """Sets up the app: the same form, with the waiting secret sealed in the session."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = self._waiting_secret() if self.is_bound else self._fresh_secret()

    def clean_code(self) -> str:
        return _slowed(self.user, super().clean_code)

    def _waiting_secret(self) -> str:
        kept = context.request.session.get(SECRET_SESSION_KEY)
        return unsealed(kept, context=f"session:{self.user.pk}:totp") if kept else self._fresh_secret()

    def _fresh_secret(self) -> str:
        secret = generate_totp_secret()
        context.request.session[SECRET_SESSION_KEY] = sealed(secret, context=f"session:{self.user.pk}:totp")
        return secret


class CodeForm(AuthenticateForm):
    """The code at log-in."""

    def clean_code(self) -> str:
        return _slowed(self.user, super().clean_code)

    def save(self) -> None:
        super().save()
        _forget_time(self.authenticator)


class CodeAgainForm(ReauthenticateForm):
    """The code asked again before something sensitive."""

    def clean_code(self) -> str:
        return _slowed(self.user, super().clean_code)

    def save(self) -> None:
        super().save()
        _forget_time(self.authenticator)


def sealed(text: str, *, context: str) -> str:
    """The text sealed, in letters that fit a JSON column."""
    return base64.b64encode(field_sealer().seal(text.encode(), context=context)).decode()


def unsealed(text: str, *, context: str) -> str:
    return field_sealer().open(base64.b64decode(text), context=context).decode()


def refusal(code: str, **values: object) -> ValidationError:
    """A sentence of the catalogue as a form's error, in the reader's language."""
    return ValidationError(
        Problem(code, **values).sentence(get_language() or "id"), code=code.rpartition(".")[2]
    )


def _slowed(user: Account, check: Any) -> str:
    """Run the library's check between the throttle's question and its count."""
    now = machine_now()
    tries = throttle.tally(throttle.CODE, str(user.pk), now=now)
    minutes = throttle.minutes_to_wait([tries], now=now)
    if minutes:
        raise refusal("accounts.too_many_tries", minutes=minutes)
    try:
        code = str(check())
    except ValidationError:
        throttle.count_failure([tries], now=now)
        raise
    throttle.forgive(tries)
    return code


def _forget_time(authenticator: Authenticator) -> None:
    """When a code was used is when somebody signed in; that is not kept."""
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=None)
