"""The page that shows a photo: a clean picture, kept by no browser, for those who sort and check alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from kentongan.intake.actions import process_photo, receive_photo
from tests import people
from tests.stages.intake import photo_files
from tests.web.chain import Chain, enter


@pytest.fixture
def photo(chain: Chain, settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_DIR = tmp_path / "media"
    made = receive_photo(chain.report, client_id=uuid4(), content=photo_files.photo(), at=chain.now)
    process_photo(made.pk, at=chain.now)
    return made


def test_a_served_photo_carries_no_position_and_is_kept_by_no_browser(chain: Chain, photo: Any) -> None:
    client = enter(chain.ratna)
    for query in ("", "?kecil=1"):
        answer = client.get(reverse("photo", args=[photo.pk]) + query)
        content = answer.content
        assert answer.status_code == 200
        assert not any(mark in content for mark in (photo_files.SECRET, b"Exif", b"GPS"))
        assert Image.open(io.BytesIO(content)).format == "JPEG"
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["Content-Disposition"].startswith("inline")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "anggota_timdu", "provinsi", "pengawas", "admin"])
def test_a_photo_is_refused_to_everybody_else(role: str, chain: Chain, photo: Any) -> None:
    answer = enter(people.person(role)).get(reverse("photo", args=[photo.pk]))
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("text/html")


def test_a_photo_of_elsewhere_is_not_even_said_to_exist(chain: Chain, photo: Any) -> None:
    stranger = enter(people.analis("99.02", name="Surya"))
    there, nowhere = (stranger.get(reverse("photo", args=[number])) for number in (photo.pk, 4711))
    assert (there.status_code, nowhere.status_code) == (404, 404)
