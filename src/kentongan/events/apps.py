"""Django's registration of the `events` stage."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "kentongan.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
