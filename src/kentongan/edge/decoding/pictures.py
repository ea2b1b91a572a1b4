"""Photos, decoded inside the child: sizes are read before any pixel is, and nothing but pixels leaves.

The result is always JPEG, upright, at most `side` pixels long, made from a fresh canvas, so position, device,
comments, previews and colour profiles of the original cannot travel along. The original stays sealed with its
report.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from kentongan.edge.decoding.child import Decoded, Refused

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85


def decode_picture(content: bytes, *, most_pixels: int, side: int, thumbnail_side: int) -> Decoded:
    """A clean JPEG and its thumbnail. Raises Refused for what is not one still photo of a sane size."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is stricter and refuses instead of warning
    warnings.simplefilter("ignore")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            _check_shape(opened, most_pixels=most_pixels)
            full = _clean(opened, side=side)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
    ):
        # Pillow's plugins answer a broken file with any of these.
        raise Refused("edge.image_unreadable", size=len(content)) from None
    thumbnail = full.copy()
    thumbnail.thumbnail((thumbnail_side, thumbnail_side))
    shapes = [list(full.size), list(thumbnail.size)]
    return {"shapes": shapes}, [_jpeg(full), _jpeg(thumbnail)]


def _check_shape(image: Image.Image, *, most_pixels: int) -> None:
    width, height = image.size
    if width * height > most_pixels:
        raise Refused("edge.image_too_many_pixels", width=width, height=height, most=most_pixels // 1_000_000)
    frames = int(getattr(image, "n_frames", 1))
    # Some phones append a preview to a photo and call it a series (MPO); its first frame is the photo.
    if frames > 1 and image.format != "MPO":
        raise Refused("edge.image_moving", frames=frames)


def _clean(image: Image.Image, *, side: int) -> Image.Image:
    """Upright RGB on a canvas of our own. Shrunk first: everything after it is then cheap."""
    upright_tag = image.getexif()
    image.draft("RGB", (side, side))
    image.load()
    wanted = "RGBA" if _is_transparent(image) else "RGB"
    shrunk = image if image.mode == wanted else image.convert(wanted)
    shrunk.thumbnail((side, side))
    shrunk.info["exif"] = upright_tag.tobytes()
    upright = ImageOps.exif_transpose(shrunk)
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return canvas


def _is_transparent(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def _jpeg(image: Image.Image) -> bytes:
    target: Any = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY, optimize=True)
    written: bytes = target.getvalue()
    return written
