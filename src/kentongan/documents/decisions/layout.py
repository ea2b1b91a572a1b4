"""Head and layout of an office's documents, as one value; what an office has not set has a usual value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kentongan.documents.decisions.daily import SECTIONS
from kentongan.documents.decisions.numbering import PATTERN

BASIS = "UU 7/2012; PP 2/2015; Permendagri 42/2015; Permendagri 2/2018 jo. 46/2019"


@dataclass(frozen=True, slots=True)
class Layout:
    """What can be changed without a programmer: head lines, who signs, order and titles of sections, the number."""

    government: str
    office: str
    office_code: str
    address: str = ""
    contact: str = ""
    city: str = ""
    signatory_title: str = "Kepala Bidang Kewaspadaan Nasional"
    basis: str = BASIS
    number_pattern: str = PATTERN
    sections: Sequence[tuple[str, str]] = tuple(SECTIONS.items())
    auto_draft: bool = False

    def letterhead(self) -> dict[str, str]:
        return {
            "government": self.government,
            "office": self.office,
            "address": self.address,
            "contact": self.contact,
            "city": self.city,
            "signatory_title": self.signatory_title,
        }

    def as_plain(self) -> dict[str, Any]:
        return {
            **self.letterhead(),
            "office_code": self.office_code,
            "basis": self.basis,
            "number_pattern": self.number_pattern,
            "sections": [list(each) for each in self.sections],
            "auto_draft": self.auto_draft,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Layout:
        return cls(**{**plain, "sections": tuple((code, title) for code, title in plain["sections"])})
