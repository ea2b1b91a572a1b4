"""Django's registration of the `accounts` stage."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kentongan.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
