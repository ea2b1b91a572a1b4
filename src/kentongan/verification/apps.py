"""Django's registration of the `verification` stage."""

from __future__ import annotations

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "kentongan.verification"
    label = "verification"
    default_auto_field = "django.db.models.BigAutoField"
