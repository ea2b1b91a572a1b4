"""Word files that an office uploads as a template, looked into inside the child: an archive of plain parts or nothing.

Sizes are read before anything is unpacked; macros, links to the outside and embedded objects are refused by name.
"""

from __future__ import annotations

import io
import re
import zipfile

from kentongan.edge.decoding.child import Decoded, Refused

_MACRO = re.compile(
    r"vbaProject|vbaData|\.bin$|activeX|embeddings/|customUI|attachedToolbars|macrosheets", re.IGNORECASE
)
_OUTSIDE = re.compile(rb'TargetMode\s*=\s*["\']External', re.IGNORECASE)
_OBJECT = re.compile(rb"<(?:\w+:)?(?:OLEObject|object|altChunk|subDoc|attachedTemplate)\b")
_COMMAND_FIELD = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|MACROBUTTON)\b")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def decode_word_template(content: bytes, *, most_parts: int, most_unpacked: int) -> Decoded:
    """Facts `parts` and `unpacked`; no file leaves. Raises Refused for what may not become a template."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Refused("documents.word_not_a_document", why="bukan arsip .docx") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > most_parts or unpacked > most_unpacked:
        raise Refused("documents.word_not_a_document", why=f"{len(parts)} bagian, {unpacked // 1024} kB")
    names = [part.filename for part in parts]
    if "word/document.xml" not in names or len(set(names)) != len(names):
        raise Refused("documents.word_not_a_document", why="tanpa word/document.xml")
    for part in parts:
        _look_into(archive, part, most_unpacked=most_unpacked)
    return {"parts": len(parts), "unpacked": unpacked}, []


def _look_into(archive: zipfile.ZipFile, part: zipfile.ZipInfo, *, most_unpacked: int) -> None:
    if _MACRO.search(part.filename) or part.flag_bits & 0x1:
        raise Refused("documents.word_has_active_part", part=part.filename[:60])
    try:
        with archive.open(part) as file:
            inside = file.read(most_unpacked + 1)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise Refused("documents.word_not_a_document", why=part.filename[:60]) from None
    if len(inside) > part.file_size:
        raise Refused("documents.word_not_a_document", why=part.filename[:60])
    if part.filename.endswith((".xml", ".rels")):
        for pattern in (_OUTSIDE, _OBJECT, _DOCTYPE, _COMMAND_FIELD):
            if pattern.search(inside):
                raise Refused("documents.word_has_active_part", part=part.filename[:60])
    if b"macroEnabled" in inside and part.filename == "[Content_Types].xml":
        raise Refused("documents.word_has_active_part", part="makro")
