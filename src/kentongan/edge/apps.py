"""Django's registration of the `edge` stage."""

from __future__ import annotations

from django.apps import AppConfig


class EdgeConfig(AppConfig):
    name = "kentongan.edge"
    label = "edge"
    default_auto_field = "django.db.models.BigAutoField"
