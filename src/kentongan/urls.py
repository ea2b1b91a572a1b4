"""All addresses of the instance: the pages, each with its declaration (`web/urls.py`)."""

from __future__ import annotations

from kentongan.web.urls import urlpatterns

__all__ = ["urlpatterns"]

handler400 = "kentongan.web.middleware.bad_request"
handler403 = "kentongan.web.middleware.not_allowed"
handler404 = "kentongan.web.middleware.not_found"
handler500 = "kentongan.web.middleware.server_error"
