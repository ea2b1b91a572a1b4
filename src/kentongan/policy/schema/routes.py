"""Where things go, in the files: referral targets, report tiles, matters that are never an event."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kentongan.policy.schema.base import Code, FrozenMap, Label, ListHead, Text

AdminLevel = Annotated[int, Field(ge=1, le=4)]


class ReferralTarget(Code):
    """A body outside the office, the matters it takes, and whom to ask when the body itself is accused."""

    matters: tuple[Text, ...]
    number: Text | None = None
    availability: Literal["everywhere", "by_region"]
    accused_as: tuple[Text, ...] = ()
    if_accused: tuple[Text, ...] = ()


class ReferralFile(ListHead):
    """`referrals.yaml`: the matters, then the targets in the order in which they are offered."""

    matters: FrozenMap[Text, Label]
    codes: tuple[ReferralTarget, ...]


class AccusedDesk(Code):
    """For an accused kind of office (an actor type): the lowest desk that may still read the report.

    `lowest_level` is the administrative level: 1 province, 2 kabupaten/kota, 3 kecamatan, 4 desa.
    """

    lowest_level: AdminLevel


class AccusedDeskFile(ListHead):
    """`accused_desks.yaml`."""

    codes: tuple[AccusedDesk, ...]


class ReportTile(Code):
    """One picture on the phone, named by behaviour; it only pre-sorts. `POL.*` means every type of POL."""

    suggests: tuple[Text, ...] = Field(min_length=1)
    leaves_open: bool = False


class TileFile(ListHead):
    """`report_tiles.yaml`."""

    codes: tuple[ReportTile, ...]


class NotIncident(Code):
    """A matter that is never an event: what the form explains, and where it offers to refer."""

    explanation: Label
    refers_to: tuple[Text, ...] = ()


class NotIncidentFile(ListHead):
    """`not_an_incident.yaml`."""

    codes: tuple[NotIncident, ...]
