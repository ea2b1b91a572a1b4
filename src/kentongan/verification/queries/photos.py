"""Photos of the reports behind an event; they stay hidden until somebody opens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kentongan.intake.models import Photo, PhotoState, Report


def photos_of(reports: Iterable[Report]) -> Mapping[int, list[Photo]]:
    """The photos that can be shown, by report; the reports have been read through a scope."""
    found: dict[int, list[Photo]] = defaultdict(list)
    ready = Photo.objects.filter(report__in=[report.pk for report in reports], state=PhotoState.READY)
    for photo in ready.order_by("received_at", "pk"):
        found[photo.report_id].append(photo)
    return found
