"""Django's registration of the `indicators` stage."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "kentongan.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
