"""A model field whose text rests sealed and is never opened by loading the row.

    class Report(models.Model):
        raw_sealed = SealedTextField()

    report.raw_sealed = SealedText.seal(text, context=context_of(report, "raw_sealed"))
    report.raw_sealed.open(context=context_of(report, "raw_sealed"))     # only inside an audited action

The context ties the text to its table, row and field, so the row must have its key before it is sealed: such
rows use random keys (UUID). A plain string can be neither stored nor compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from kentongan.edge.sealing import FieldSealer


@dataclass(frozen=True, slots=True)
class SealedText:
    """A sealed text; shows its size only."""

    sealed: bytes = field(repr=False)

    @classmethod
    def seal(cls, text: str, *, context: str) -> SealedText:
        return cls(field_sealer().seal(text.encode(), context=context))

    def open(self, *, context: str) -> str:
        """The text. Raises Problem `edge.seal_broken` in another row or field, or without its key."""
        return field_sealer().open(self.sealed, context=context).decode()

    def rewrapped(self, *, context: str) -> SealedText:
        """The same text under the instance's newest key."""
        return SealedText(field_sealer().rewrap(self.sealed, context=context))


def field_sealer() -> FieldSealer:
    """The sealer of this instance's key; `FIELD_KEYS_OLDER` lists the keys before it."""
    return _sealer_of(settings.FIELD_KEY, tuple(getattr(settings, "FIELD_KEYS_OLDER", ())))


@lru_cache(maxsize=4)
def _sealer_of(key: bytes, older: tuple[bytes, ...]) -> FieldSealer:
    """Kept, because setting up the ciphers costs more than sealing a short text."""
    return FieldSealer(key, older=older)


def context_of(row: models.Model, name: str) -> str:
    """table:row:field of a value. Raises ValueError for a row that has no key yet."""
    if row.pk is None:
        raise ValueError(f"{row._meta.label}: a row is sealed after it has its key")
    return f"{row._meta.db_table}:{row.pk}:{name}"


if TYPE_CHECKING:
    _SealedColumn = models.BinaryField[SealedText, SealedText]
else:
    _SealedColumn = models.BinaryField


class SealedTextField(_SealedColumn):
    """Holds a `SealedText`; refuses anything else."""

    description = "sealed text"

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> SealedText | None:
        return None if value is None else SealedText(bytes(value))

    def to_python(self, value: Any) -> SealedText | None:
        if value is None or isinstance(value, SealedText):
            return value
        raise TypeError(f"{self.name}: only a SealedText can be kept here")

    def get_prep_value(self, value: Any) -> bytes | None:
        kept = self.to_python(value)
        return None if kept is None else kept.sealed
