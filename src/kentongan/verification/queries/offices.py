"""Which offices an event accuses, and which others may be asked to look on the spot."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from kentongan.accounts.models import Agency, AreaRelation
from kentongan.accounts.permissions import Permission
from kentongan.accounts.queries import agencies_covering, in_force
from kentongan.accounts.roles import ROLES
from kentongan.events.models import Event, EventReport, Facet
from kentongan.places.keys import Level
from kentongan.policy import policy_on
from kentongan.verification.decisions import ASKED_KINDS, UNKNOWN_OFFICE, Accusation, may_be_asked

ANSWERING = tuple(role.code for role in ROLES.values() if Permission.CHECK_ANSWER in role.permissions)


def accusations_of(event: Event, *, on: date) -> list[Accusation]:
    """The offices that a linked report is about, whoever may read it, and those that are a party of the event."""
    offices = policy_on(on).accused_offices
    named = EventReport.objects.filter(event=event).exclude(report__accused="")
    reported = [
        Accusation(offices[code].actor if code in offices else UNKNOWN_OFFICE, level)
        for code, level in named.values_list("report__accused", "report__read_from_level")
    ]
    parties = event.facets.filter(facet=Facet.ACTOR).values_list("code", flat=True)
    return reported + [Accusation(code) for code in parties]


def offices_to_ask(event: Event, *, on: date) -> list[Agency]:
    """Offices of the tiga pilar, the FKDM and the kecamatan that cover the place and are not accused, each with
    somebody who can answer: a question that nobody sees would only look asked.
    """
    accusations = accusations_of(event, on=on)
    return [
        agency
        for agency in offices_on_the_spot(event, on=on)
        if may_be_asked(agency.kind, widest_level_of(agency), accusations)
    ]


def offices_on_the_spot(event: Event, *, on: date) -> list[Agency]:
    """All of them, the accused ones too: the nearest first, in the order of the tiga pilar."""
    answering = in_force(on).filter(agency=OuterRef("pk"), role__in=ANSWERING)
    found = agencies_covering(event.area).filter(Exists(answering), kind__in=ASKED_KINDS)
    nearest = sorted(found, key=lambda agency: (ASKED_KINDS.index(agency.kind), agency.short_name))
    return sorted(nearest, key=lambda agency: -widest_level_of(agency))


def widest_level_of(agency: Agency) -> int:
    """The level of the agency's widest own area, 1 province to 4 desa."""
    levels = agency.areas.filter(relation=AreaRelation.OWN).values_list("region__level", flat=True)
    return min(levels, default=int(Level.VILLAGE))
