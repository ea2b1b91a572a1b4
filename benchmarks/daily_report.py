"""A day of 200 events: its draft from live rows, and its PDF, DOCX and text as the worker makes them.

The baseline is a bare page of typst with the same words. Limits: draft 3 s, files 5 s.
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

EVENTS = 200
DRAFT_LIMIT, FILES_LIMIT = 3.0, 5.0
_BARE = "#set page(height: auto)\n#json(bytes(sys.inputs.data)).text\n"


@pytest.mark.django_db
def test_daily_report() -> None:
    """Measured on the coined world of the tests, on the database they use."""
    from tests.stages import chain_world as world

    from kentongan.documents.actions import render_product, review_product, sign_product
    from kentongan.documents.rendering import pdf_of

    for number in range(EVENTS):
        world.event(verdict="verified" if number % 2 else "", summary=f"Kejadian rekaan nomor {number}.")
    draft, drafting = timed(lambda: world.drafted_daily(at=world.NOW + world.HOUR))
    review_product(draft.pk, by=world.budi(), at=world.NOW + world.HOUR)
    signed = sign_product(draft.pk, by=world.budi(), at=world.NOW + world.HOUR)
    _, rendering = timed(lambda: render_product(signed.pk, at=world.NOW + world.HOUR))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "bare.typ").write_text(_BARE, encoding="utf-8")
        at = datetime(2026, 11, 12, tzinfo=timezone.utc)
        _, bare = timed(lambda: pdf_of("bare", {"text": signed.text}, at=at, folder=Path(folder)))
    print(
        f"draft {drafting:.2f} s (limit {DRAFT_LIMIT:.0f}); files {rendering:.2f} s (limit {FILES_LIMIT:.0f})"
    )
    print(f"bare typst page {bare:.2f} s; ratio {rendering / bare:.1f}")
    if drafting > DRAFT_LIMIT or rendering > FILES_LIMIT:
        pytest.fail("slower than promised")


def timed(work: Any) -> tuple[Any, float]:
    started = time.perf_counter()
    made = work()
    return made, time.perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__, "-q", "-s", "-p", "no:cacheprovider"]))
