"""Photos from strangers: stripped, upright, small; whatever else arrives is refused without harm to us."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kentongan.edge.decoding import runner
from kentongan.edge.decoding.images import PhotoLimits, clean_photo, looks_like_photo
from kentongan.edge.decoding.runner import ChildLimits, decode
from kentongan.edge.problems import Problem

SECRET = b"JALAN RAHASIA 7"


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **how)
    return target.getvalue()


def photo(width: int = 64, height: int = 48) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    return image


def located_exif(*, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = SECRET.decode()  # maker
    exif.get_ifd(0x8825).update(
        {1: "S", 2: (7.0, 39.0, 12.5), 3: "E", 4: (112.0, 54.0, 3.5), 29: SECRET.decode()}
    )
    return exif


def code_of(content: bytes, **how: Any) -> str:
    with pytest.raises(Problem) as caught:
        clean_photo(content, **how)
    assert caught.value.sentence("id")
    return caught.value.code


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, pixels: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_maker_and_comments_of_a_photo_are_gone(kind: str) -> None:
    extra: dict[str, Any] = {"comment": SECRET} if kind == "JPEG" else {}
    if kind == "PNG":
        extra["pnginfo"] = PngInfo()
        extra["pnginfo"].add_text("Comment", SECRET.decode())
    original = saved(photo(), kind, exif=located_exif(), icc_profile=b"profile " + SECRET, **extra)
    assert SECRET in original
    cleaned = clean_photo(original)
    for made in (cleaned.full, cleaned.thumbnail):
        assert not any(mark in made.content for mark in (SECRET, b"Exif", b"ICC_PROFILE", b"http://ns.adobe"))
        again = Image.open(io.BytesIO(made.content))
        assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (made.width, made.height), {})
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_photo_taken_sideways_is_turned_upright() -> None:
    full = clean_photo(saved(photo(64, 48), "JPEG", exif=located_exif(orientation=6))).full
    assert (full.width, full.height) == (48, 64)
    upright = Image.open(io.BytesIO(full.content)).convert("RGB")
    red, _, blue = upright.getpixel((24, 8))  # type: ignore[misc]
    assert (red > 200, blue < 60) == (True, True)


def test_a_large_photo_is_kept_small_and_gets_a_thumbnail() -> None:
    cleaned = clean_photo(saved(photo(4000, 3000), "JPEG"))
    assert (cleaned.full.width, cleaned.full.height) == (2048, 1536)
    assert (cleaned.thumbnail.width, cleaned.thumbnail.height) == (320, 240)
    assert cleaned.full.content_type == "image/jpeg"
    assert len(cleaned.full.sha256) == 64


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "I;16", "1"])
def test_every_usual_kind_of_picture_is_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert clean_photo(saved(Image.new(mode, (20, 10)), kind)).full.width == 20


def test_what_is_transparent_becomes_white() -> None:
    full = clean_photo(saved(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), "PNG")).full
    assert Image.open(io.BytesIO(full.content)).getpixel((4, 4)) == (255, 255, 255)


def test_a_picture_with_too_many_pixels_is_refused_before_any_is_decoded() -> None:
    rows = zlib.compressobj(9)
    pixels = b"".join(rows.compress(bytes(12_000 * 3 + 1)) for _ in range(12_000)) + rows.flush()
    content = png_of(12_000, 12_000, pixels)
    assert len(content) < 600_000
    # So little memory that decoding would be noticed at once.
    assert code_of(content, child=ChildLimits(memory=160 * 1024**2)) == "edge.image_too_many_pixels"


def test_a_picture_that_lies_about_its_size_is_refused() -> None:
    assert code_of(png_of(100, 100, zlib.compress(bytes(50)))) == "edge.image_unreadable"


def test_a_compressed_comment_that_explodes_is_refused() -> None:
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000), 9))
    whole = saved(photo(), "PNG")
    assert code_of(whole[:33] + bomb + whole[33:]) == "edge.image_unreadable"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(kind: str) -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    whole = saved(noise, kind)
    assert code_of(whole[: len(whole) // 2]) == "edge.image_unreadable"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ini bukan foto",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        saved(Image.new("P", (4, 4)), "GIF"),
        saved(Image.new("RGB", (4, 4)), "BMP"),
        saved(Image.new("RGB", (4, 4)), "TIFF"),
        b"%PDF-1.7",
    ],
)
def test_what_is_not_a_photo_starts_no_child(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner.subprocess, "Popen", None)
    assert code_of(content) == "edge.image_type_refused"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    assert code_of(content) == "edge.image_moving"


def test_another_format_behind_the_right_first_bytes_is_refused() -> None:
    assert code_of(b"\xff\xd8\xff" + saved(Image.new("P", (4, 4)), "GIF")) == "edge.image_unreadable"


def test_a_file_over_the_size_limit_is_refused_unread() -> None:
    assert code_of(saved(photo(), "PNG"), limits=PhotoLimits(size=10)) == "edge.file_too_large"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits: only the time holds there")
def test_a_picture_that_needs_too_much_memory_stops_the_child_not_us() -> None:
    content = saved(Image.new("RGB", (6000, 6000)), "PNG")
    assert code_of(content, child=ChildLimits(memory=160 * 1024**2)) == "edge.decoding_stopped"


def test_a_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_CHILD", ("-c", "import time; time.sleep(600)"))
    with pytest.raises(Problem) as caught:
        decode("picture", b"", options={}, limits=ChildLimits(seconds=1))
    assert (caught.value.code, caught.value.values["why"]) == ("edge.decoding_stopped", "1 s")


@pytest.mark.parametrize(
    "script",
    [
        "print('x' * 3_000_000)",
        "import sys; sys.exit(3)",
        'print(\'{"facts": {}, "sizes": [5, -5]}\')',
        'print(\'{"facts": {}, "sizes": [7]}\')',
        "print('[1]')",
        "import os; os.abort()",
    ],
)
def test_whatever_else_a_child_says_is_worth_nothing(script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_CHILD", ("-c", script))
    with pytest.raises(Problem) as caught:
        decode("picture", b"content nobody reads" * 100_000, options={}, limits=ChildLimits(answer=1_000_000))
    assert caught.value.code == "edge.decoding_stopped"


def test_a_child_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KENTONGAN_DATABASE_URL", "postgres://secret")
    script = "import json, os; print(json.dumps({'facts': dict(os.environ), 'sizes': []}))"
    monkeypatch.setattr(runner, "_CHILD", ("-c", script))
    known = decode("picture", b"", options={}).facts
    assert set(known) <= {
        "PYTHONPATH",
        "PYTHONDONTWRITEBYTECODE",
        "LD_LIBRARY_PATH",
        "SYSTEMROOT",
        "LC_CTYPE",
    }


@settings(max_examples=8)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x24\0\0\0WEBPVP8 "]),
)
def test_random_bytes_are_refused_and_never_crash_us(content: bytes, start: bytes) -> None:
    assert code_of(start + content).startswith("edge.")


@settings(max_examples=8)
@given(st.data())
def test_a_damaged_photo_is_either_cleaned_or_refused(data: st.DataObject) -> None:
    whole = bytearray(
        saved(photo(), data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"])), exif=located_exif())
    )
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=6)):
        whole[place] ^= data.draw(st.integers(1, 255))
    with suppress(Problem):
        made = clean_photo(bytes(whole))
        assert looks_like_photo(made.full.content)
        assert SECRET not in made.full.content
