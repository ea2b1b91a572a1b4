"""Photos for the stages: `clean_photo(content)` gives a stripped JPEG and a thumbnail, or one clear sentence.

The kind is told by the first bytes, never by a name or a claimed type; SVG, GIF and everything else is
refused before a child process is started. Called by the worker, not in a request: it may take seconds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from kentongan.edge.decoding.runner import ChildLimits, decode
from kentongan.edge.problems import Problem


@dataclass(frozen=True, slots=True)
class DecodedImage:
    """A picture we made ourselves: free of metadata, with the hash of exactly these bytes."""

    content: bytes = field(repr=False)
    width: int
    height: int
    content_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """One photo in two sizes."""

    full: DecodedImage
    thumbnail: DecodedImage


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """What a photo may measure. 40 MP of JPEG or PNG fit into the child's memory, of WebP about 28 MP."""

    size: int = 15_000_000  # bytes
    pixels: int = 40_000_000
    side: int = 2048  # of the kept picture, pixels
    thumbnail_side: int = 320


def clean_photo(
    content: bytes,
    *,
    limits: PhotoLimits = PhotoLimits(),
    child: ChildLimits = ChildLimits(),  # noqa: B008 (frozen)
) -> CleanPhoto:
    """A stripped, upright JPEG of the photo and its thumbnail. Raises a Problem `edge.…` otherwise."""
    if len(content) > limits.size:
        raise Problem("edge.file_too_large", size=len(content), most=limits.size)
    if not looks_like_photo(content):
        raise Problem("edge.image_type_refused")
    options = {"most_pixels": limits.pixels, "side": limits.side, "thumbnail_side": limits.thumbnail_side}
    answer = decode("picture", content, options=options, limits=child)
    full, thumbnail = (
        _image(file, int(width), int(height))
        for file, (width, height) in zip(answer.files, answer.facts["shapes"], strict=True)
    )
    return CleanPhoto(full, thumbnail)


def looks_like_photo(content: bytes) -> bool:
    """Whether the first bytes are those of JPEG, PNG or WebP."""
    return (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
    )  # fmt: skip


def _image(content: bytes, width: int, height: int) -> DecodedImage:
    return DecodedImage(content, width, height, "image/jpeg", hashlib.sha256(content).hexdigest())
