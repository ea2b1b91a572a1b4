"""Django's registration of the `intake` stage."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "kentongan.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
