"""DOCX through a Word template that an office can edit: `{{ … }}` in Word, values from here.

The template language runs in a sandbox and escapes every value, so that what a person wrote stays words in the page.
The archive is packed again with one time for every part: the same input gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, timezone

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kentongan.documents.rendering.inert import inert

_EARLIEST = datetime(1980, 1, 1, tzinfo=timezone.utc)  # a zip archive knows no earlier time


def docx_of(
    template: bytes,
    data: Mapping[str, object],
    *,
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
    picture_width: int = 26,
) -> bytes:
    """Fill a Word template with `data`. `pictures` are PNG files by placeholder name, `picture_width` millimetres wide."""
    document = DocxTemplate(io.BytesIO(template))
    values = {name: _marked(each) for name, each in _texts(data).items()}
    document.init_docx()
    for name, picture in (pictures or {}).items():
        values[name] = InlineImage(document, io.BytesIO(picture), width=Mm(picture_width))
    document.render(values, jinja_env=_environment(), autoescape=True)
    about = document.docx.core_properties
    moment = at.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0)
    about.created = about.modified = moment
    about.revision, about.last_modified_by = 1, ""
    file = io.BytesIO()
    document.save(file)
    return _packed_again(file.getvalue(), at=at)


def _texts(data: Mapping[str, object]) -> dict[str, object]:
    plain = inert(data)
    assert isinstance(plain, dict)  # noqa: S101 (a mapping stays one)
    return dict(plain)


def _marked(value: object) -> object:
    """docxtpl reads `{_{` as an escaped brace: a word-joiner between keeps a person's braces as they are written."""
    if isinstance(value, str):
        for special in ("{_{", "}_}", "{_%", "%_}"):
            value = value.replace(special, special[0] + "\u2060" + special[1:])
        return value
    if isinstance(value, list):
        return [_marked(each) for each in value]
    if isinstance(value, dict):
        return {name: _marked(each) for name, each in value.items()}
    return value


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _packed_again(archive: bytes, *, at: datetime) -> bytes:
    moment = max(at.astimezone(timezone.utc), _EARLIEST)
    stamp = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        # Word wants the list of content types first; python-docx writes it there, and the order is kept.
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, date_time=stamp)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            info.create_system = 3
            new.writestr(info, old.read(part.filename))
    return file.getvalue()
