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


class AccusedOffice(Code):
    """An answer to "is this about an official?": what kind of party that office is, and the lowest desk that may read.

    `actor` is an actor type; `lowest_level` is the administrative level, 1 province to 4 desa. `refers_to` are the
    other ways the form names to the sender.
    """

    actor: Text
    lowest_level: AdminLevel
    refers_to: tuple[Text, ...] = ()


class AccusedOfficeFile(ListHead):
    """`accused_offices.yaml`."""

    codes: tuple[AccusedOffice, ...]


class Checklist(Code):
    """What is looked at before a verdict: `code` is `semua`, a class or a leaf type; the finer adds to the wider.

    `items` and `required` are codes of the vocabulary `check_item`; what is required blocks the verdict until it is
    answered or marked as impossible to check.
    """

    items: tuple[Text, ...]
    required: tuple[Text, ...] = ()


class ChecklistFile(ListHead):
    """`checklists.yaml`."""

    codes: tuple[Checklist, ...]


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
