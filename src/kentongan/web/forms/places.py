"""A place as people write it: a code, or a name that is looked up tolerantly; never guessed between two."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kentongan.edge.problems import Problem
from kentongan.places.keys import RegionRange
from kentongan.places.queries import region_by_code, region_label, search_regions


class PlaceField(forms.CharField):
    """Cleans to a region key. `within` keeps the search to the reader's own area."""

    def __init__(self, *, within: RegionRange | None = None, **options: Any) -> None:
        super().__init__(max_length=120, **options)
        self.within = within

    def clean(self, value: Any) -> int | None:
        written = super().clean(value)
        if not written:
            return None
        if written[0].isdigit():
            return self._by_code(written)
        return self._by_name(written)

    def _by_code(self, written: str) -> int:
        try:
            found = region_by_code(written.split(maxsplit=1)[0].rstrip(","))
        except (Problem, ValueError) as unknown:
            message = _("Kode wilayah %(value)s tidak ada. Tulis nama tempatnya, atau kode seperti 35.14.16.")
            raise ValidationError(message, params={"value": written}) from unknown
        return int(found.key)

    def _by_name(self, written: str) -> int:
        found = search_regions(written, within=self.within, limit=6)
        exact = [match for match in found if match.by in {"name", "alias"}]
        if len(exact) == 1 or len(found) == 1:
            return int((exact or found)[0].region.key)
        if not found:
            message = _("Tempat %(value)s tidak ditemukan. Periksa ejaannya atau tulis nama kecamatannya.")
            raise ValidationError(message, params={"value": written})
        choices = "; ".join(f"{match.region.code} {region_label(match.region.key)}" for match in found)
        message = _("Ada beberapa tempat bernama %(value)s. Tulis kodenya: %(choices)s.")
        raise ValidationError(message, params={"value": written, "choices": choices})
