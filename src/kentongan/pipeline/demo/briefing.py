"""The demo's leader has something to read: a posture around the election day, and the brief of this morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from kentongan.accounts.actors import Actor
from kentongan.alerts.actions import approve_posture, propose_posture
from kentongan.alerts.decisions import PostureProposal, window_around
from kentongan.documents.actions import issue_brief
from kentongan.places.keys import key_of
from kentongan.places.queries import time_zone_of

ELECTION_DAY = date(2026, 12, 2)
ASKED = ("Bapak membuka pertemuan dua perguruan, Jumat 15.00, di pendopo.",)


def hold_and_brief(*, analyst: Actor, kabid: Actor, offices: Mapping[str, int], at: datetime) -> None:
    """Waspada from H-7 to H+7, then the brief with one request."""
    area = key_of("99.01")
    posture = PostureProposal(
        area=area,
        level=1,
        reason="Hari pemungutan Pilkada; dua tahun lalu ada gesekan pada masa tenang.",
        least_intrusive="Dialog kedua tim dan kehadiran di simpang.",
        rights_affected="tidak ada",
        owner=offices["kesbangpol"],
        playbook="kampanye-01",
        first_action="Hubungi penghubung kedua tim, KPU, dan Bawaslu untuk menyepakati jalur.",
        window=window_around(ELECTION_DAY, before=7, after=7, zone=time_zone_of(area)),
        anchor_on=ELECTION_DAY,
        recipients=(offices["polres"],),
    )
    made = propose_posture(posture, by=analyst, at=at)
    approve_posture(made.pk, by=analyst, at=at + timedelta(minutes=1))
    issue_brief(area=area, requests=ASKED, by=kabid, at=at + timedelta(minutes=10))
