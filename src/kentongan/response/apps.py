"""Django's registration of the `response` stage."""

from __future__ import annotations

from django.apps import AppConfig


class ResponseConfig(AppConfig):
    name = "kentongan.response"
    label = "response"
    default_auto_field = "django.db.models.BigAutoField"
