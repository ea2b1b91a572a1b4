"""Photos: kept as they came, shown only clean, only to those who check; what is no photo harms nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from kentongan.accounts.actors import Actor
from kentongan.audit.models import AuditEntry
from kentongan.edge import stored_files
from kentongan.edge.jobs import state_counts
from kentongan.edge.models import JobState
from kentongan.edge.problems import Problem
from kentongan.intake.actions import open_photo, photos, process_photo, receive_photo, withdraw_report
from kentongan.intake.models import Photo, Report
from kentongan.pipeline import cursor
from kentongan.pipeline.worker import one_round
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW, refused
from tests.stages.intake import photo_files

pytestmark = pytest.mark.django_db
PICTURE = photo_files.photo()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_DIR = tmp_path / "media"
    return tmp_path / "media"


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def sent(report: Report | None = None, content: bytes = PICTURE, **values: Any) -> Photo:
    given = {"client_id": uuid4(), "at": NOW} | values
    return receive_photo(report or world.report(), content=content, **given)


def processed(content: bytes = PICTURE) -> Photo:
    made = sent(content=content)
    process_photo(made.pk, at=NOW)
    made.refresh_from_db()
    return made


def seen(photo: Photo, *, small: bool = False, by: Actor | None = None) -> bytes:
    return open_photo(photo.pk, small=small, by=by or world.ratna(), at=NOW)


def test_a_photo_waits_sealed_and_the_chain_names_no_account(media: Path) -> None:
    photo = sent()
    (path,) = files(media)
    assert (photo.state, PICTURE in path.read_bytes()) == ("waiting", False)
    entry = AuditEntry.objects.get(action="photo.received")
    assert (entry.actor, entry.subject) == ("publik", f"photo:{photo.pk}")


def test_a_photo_sent_again_is_the_same_row_and_one_file(media: Path) -> None:
    report, client_id = world.report(), uuid4()
    first, again = (sent(report, client_id=client_id) for _ in range(2))
    assert (first.pk, Photo.objects.count(), len(files(media))) == (again.pk, 1, 1)


def test_another_picture_under_the_same_id_is_refused_aloud(media: Path) -> None:
    report, client_id = world.report(), uuid4()
    sent(report, client_id=client_id)
    with refused("intake.photo_id_used"):
        sent(report, photo_files.photo(colour="blue"), client_id=client_id)
    assert len(files(media)) == 1


def test_a_report_takes_three_photos_and_says_so_at_the_fourth(media: Path) -> None:
    report = world.report()
    for _ in range(3):
        sent(report)
    with refused("intake.photos_enough"):
        sent(report)
    assert (report.photos.count(), len(files(media))) == (3, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "intake.photo_empty"), (bytes(photos.LARGEST_PHOTO + 1), "edge.file_too_large")],
)
def test_nothing_and_far_too_much_are_refused_at_once(content: bytes, code: str, media: Path) -> None:
    report = world.report()
    with refused(code):
        sent(report, content)
    assert files(media) == []


def test_a_withdrawn_report_takes_no_photo(media: Path) -> None:
    report = world.report()
    withdraw_report(report, at=NOW)
    with refused("intake.report_withdrawn"):
        sent(report)
    assert files(media) == []


def test_a_row_that_cannot_be_written_leaves_no_file(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = world.report()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(photos, "_record", broken)
    with pytest.raises(RuntimeError):
        sent(report)
    assert (Photo.objects.count(), files(media)) == (0, [])


def test_the_worker_makes_a_clean_picture_and_a_thumbnail(media: Path) -> None:
    photo = processed()
    assert (photo.state, photo.width, photo.height, len(files(media))) == ("ready", 640, 480, 3)
    assert Image.open(io.BytesIO(seen(photo))).size == (640, 480)
    assert Image.open(io.BytesIO(seen(photo, small=True))).size == (320, 240)


@pytest.mark.parametrize("small", [True, False])
def test_what_is_shown_carries_no_position_and_no_other_metadata(small: bool) -> None:
    assert photo_files.SECRET in PICTURE
    shown = seen(processed(), small=small)
    assert not any(mark in shown for mark in (photo_files.SECRET, b"Exif", b"GPS", b"ICC_PROFILE"))
    assert dict(Image.open(io.BytesIO(shown)).getexif()) == {}


def test_processing_twice_changes_nothing(media: Path) -> None:
    photo = processed()
    names = (photo.shown, photo.small)
    process_photo(photo.pk, at=NOW)
    photo.refresh_from_db()
    assert ((photo.shown, photo.small), len(files(media))) == (names, 3)
    assert AuditEntry.objects.filter(action="photo.made_ready").count() == 1


def test_a_photo_erased_while_it_was_worked_on_leaves_no_file(
    media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo, clean = sent(), photos.clean_photo

    def erased_meanwhile(content: bytes) -> Any:
        made = clean(content)
        stored_files.discard(photo.original)
        Photo.objects.all().delete()
        return made

    monkeypatch.setattr(photos, "clean_photo", erased_meanwhile)
    process_photo(photo.pk, at=NOW)
    assert files(media) == []


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (photo_files.zip_named_jpg, "edge.image_type_refused"),
        (lambda: photo_files.SVG, "edge.image_type_refused"),
        (photo_files.hundred_megapixels, "edge.image_too_many_pixels"),
        (photo_files.truncated, "edge.image_unreadable"),
    ],
)
def test_what_is_no_photo_is_marked_and_stays_sealed_as_it_came(
    make: Callable[[], bytes], code: str, media: Path
) -> None:
    content = make()
    photo = processed(content)
    assert (photo.state, photo.refused_as, photo.shown, len(files(media))) == ("refused", code, "", 1)
    context = f"intake_photo:{photo.report_id}:{photo.client_id}:original"
    assert stored_files.open_kept(photo.original, context=context) == content
    with pytest.raises(Problem) as caught:
        seen(photo)
    assert caught.value.code == "intake.photo_refused"


def test_a_photo_that_is_not_ready_says_so() -> None:
    with pytest.raises(Problem) as caught:
        seen(sent())
    assert caught.value.code == "intake.photo_waiting"


def test_only_the_full_size_leaves_a_look_in_the_chain() -> None:
    photo = processed()
    seen(photo, small=True)
    assert not AuditEntry.objects.filter(action="photo.opened").exists()
    seen(photo)
    assert AuditEntry.objects.get(action="photo.opened").actor == world.ratna().audit_name


@pytest.mark.parametrize(
    "role",
    [
        "fkdm",
        "tiga_pilar",
        "anggota_timdu",
        "pimpinan",
        "provinsi",
        "kampus",
        "pengawas",
        "wali_pelapor",
        "admin",
    ],
)
def test_nobody_but_those_who_sort_and_check_sees_a_photo(role: str) -> None:
    photo = processed()
    for small in (True, False):
        with refused("accounts.not_permitted"):
            seen(photo, small=small, by=people.actor(people.person(role)))


def test_an_analyst_of_elsewhere_sees_no_photo() -> None:
    photo, stranger = processed(), world.stranger()
    with refused("intake.photo_unknown"):
        seen(photo, by=stranger)


def test_a_photo_about_an_office_is_hidden_from_the_desks_below_its_level() -> None:
    report = world.report(accused="kecamatan")
    photo = sent(report)
    process_photo(photo.pk, at=NOW)
    assert seen(photo, small=True)
    with refused("intake.photo_unknown"):
        seen(photo, small=True, by=people.actor(people.kasi_trantib()))


def test_a_photo_that_is_not_there_is_named() -> None:
    with refused("intake.photo_unknown"):
        open_photo(4711, small=True, by=world.ratna(), at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_bad_file_stops_no_other_photo_on_its_way_through_the_worker() -> None:
    report = world.report()
    for content in (photo_files.zip_named_jpg(), PICTURE):
        sent(report, content)
    while cursor.follow_all(at=NOW) or state_counts()[JobState.WAITING]:
        one_round(now=NOW)
    assert list(report.photos.order_by("pk").values_list("state", flat=True)) == ["refused", "ready"]
    assert state_counts()[JobState.PARKED] == 0
