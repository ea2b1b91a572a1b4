"""The head of an official letter, as one value that every product of an office shares."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Lines from top to bottom, the city of the date line, and who signs. Empty lines are left out on paper."""

    government: str
    office: str
    address: str = ""
    contact: str = ""
    city: str = ""
    signatory_title: str = ""

    def as_plain(self) -> dict[str, str]:
        return asdict(self)
