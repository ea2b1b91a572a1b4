"""Files that phones and strangers send, made on the spot: photos with a position inside, and what only looks like one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

SECRET = b"JALAN RAHASIA 7"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(*, colour: str = "red", size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG with maker and GPS position, as a phone makes it."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update(
        {1: "S", 2: (7.0, 39.0, 12.5), 3: "E", 4: (112.0, 54.0, 3.5), 29: SECRET.decode()}
    )
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG", exif=exif, comment=SECRET)
    return target.getvalue()


def zip_named_jpg() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("foto.jpg", b"bukan foto")
    return target.getvalue()


def hundred_megapixels() -> bytes:
    """A PNG of 10,000 × 10,000 in about 100 kB."""
    rows = zlib.compress(bytes(1 + 10_000 // 8) * 10_000, 9)
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def truncated() -> bytes:
    return photo()[:300]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
