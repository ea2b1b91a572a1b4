"""Building the demo world on an empty database: every row comes out of the same actions that offices use.

Deterministic: the same seed of names, articles and clock gives the same world, but for the keys of the two key
holders and the source number of the reporter, which are drawn each time. It starts on a Thursday at 08.15, with the
Pilkada on the Wednesday twenty days later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings

from kentongan.accounts.actions import create_account, create_agency
from kentongan.accounts.actors import Actor
from kentongan.accounts.decisions import NewPost
from kentongan.accounts.labels import Label
from kentongan.accounts.queries import account_by_email, actor_of
from kentongan.alerts.actions import acknowledge_alert, approve_alert, propose_alert
from kentongan.alerts.decisions import Proposal
from kentongan.documents.actions import (
    draft_daily_report,
    edit_texts,
    review_product,
    set_layout,
    sign_product,
)
from kentongan.documents.decisions import Layout
from kentongan.edge.clocks import office_day, set_domain_clock
from kentongan.events.actions import create_event
from kentongan.events.decisions import EventFacts
from kentongan.intake.actions import receive_report, reporter
from kentongan.intake.decisions import Draft
from kentongan.pipeline.demo import arrivals, checking, guardians, people, places
from kentongan.pipeline.demo.briefing import hold_and_brief
from kentongan.pipeline.reading import Read, read_files, store
from kentongan.pipeline.world import mark_as_demo
from kentongan.places.actions import load_regions
from kentongan.places.keys import key_of
from kentongan.places.lists import listing_of
from kentongan.response.actions import accept_task, assign_task
from kentongan.response.decisions import Assignment
from kentongan.verification.actions import verify_event
from kentongan.verification.decisions import Conclusion

START = datetime(2026, 11, 12, 8, 15, tzinfo=ZoneInfo("Asia/Jakarta"))
FIRST_DAY = date(2026, 1, 5)
ARTICLES = Path(__file__).parent / "articles"

SEALED_TEXT = "Beberapa orang membawa parang berjaga di dekat tugu sejak petang. Warga takut lewat."

BUILDER = Actor.of_system("peragaan")
Tell = Callable[[str], None]


def build(tell: Tell) -> None:
    """Make the whole world; `tell` hears each step."""
    mark_as_demo(at=START)
    set_domain_clock(origin=START)
    tell("wilayah rekaan")
    load_regions(
        listing_of(places.SOURCE, places.rows(), time_zone=places.TIME_ZONE),
        at=START,
        actor=BUILDER.audit_name,
    )
    places.draw(at=START, actor=BUILDER.audit_name)
    tell("instansi dan akun")
    offices = _offices()
    _accounts(offices)
    tell("kunci dua pemegang")
    guardians.hand_out_keys(
        {office.key: office.name for office in people.OFFICES},
        folder=settings.DATA_DIR / guardians.FOLDER,
        actor=BUILDER.audit_name,
        at=START,
    )
    tell("artikel contoh dan kisah")
    reports = _reports(offices["kesbangpol"])
    _sealed_report()
    arrivals.arrive(member=_visitor("wiryo"), desk=offices["kesbangpol"], start=START)
    _story(reports, offices)
    _reports_of_the_day(offices["kesbangpol"])


def _offices() -> dict[str, int]:
    return {
        office.key: create_agency(
            name=office.name,
            short_name=office.short_name,
            kind=office.kind,
            own=office.own,
            neighbours=office.neighbours,
            by=BUILDER,
            at=START,
        ).pk
        for office in people.OFFICES
    }


def _accounts(offices: dict[str, int]) -> None:
    today = office_day()
    for visitor in people.VISITORS:
        post = NewPost(
            agency_id=offices[visitor.office],
            role=visitor.role,
            title=visitor.title,
            starts=min(FIRST_DAY, today),
            ends=None,
        )
        email = people.ADDRESS.format(key=visitor.key)
        create_account(name=visitor.name, email=email, post=post, by=BUILDER, at=START, today=today)


def _reports(desk: int) -> dict[str, int]:
    """The invented articles as reports, an hour apart, by file name."""
    stored = {}
    for number, read in enumerate(read_files(sorted(ARTICLES.glob("*.txt")))):
        if isinstance(read, Read):
            at = START - timedelta(hours=20 - 3 * number)
            stored[read.source], _, _ = store(read, desk=desk, by=BUILDER, at=at)
    return stored


def _sealed_report() -> None:
    """One report whose sender left a contact: what the two key holders may be asked to open."""
    sent = START - timedelta(hours=2)
    draft = Draft(
        uuid5(NAMESPACE_URL, "kentongan:peragaan:wiryo"), "form", SEALED_TEXT, area=key_of("99.01.01.2001")
    )
    sender = reporter(_visitor("wiryo"), draft, area=key_of("99.01.01.2001"), at=sent)
    receive_report(
        draft, sender=sender, desk=None, at=sent, contact={"nama": "Wiryo", "telepon": "0800-0000-0001"}
    )


def _story(reports: dict[str, int], offices: dict[str, int]) -> None:
    """One event on its way: checked, warned about, one agency has answered, one task is under way."""
    ratna, kabid, akp = (_visitor(key) for key in ("ratna", "kabid", "polres"))
    morning = START - timedelta(hours=1)
    first = reports["01-tugu-dicoret-tegalwuku.txt"]
    event = create_event(_gathering(), owner=offices["kesbangpol"], reports=[first], by=ratna, at=morning)
    checking.check(event.pk, analyst=ratna, village_head=_visitor("kades"), offices=offices, at=morning)
    verify_event(event.pk, _verdict(), by=ratna, at=morning + timedelta(minutes=12))
    alert = propose_alert(event.pk, _warning(offices), by=ratna, at=morning + timedelta(minutes=20))
    approve_alert(alert.pk, by=kabid, at=morning + timedelta(minutes=26))
    acknowledge_alert(alert.pk, agency=offices["polres"], by=akp, at=morning + timedelta(minutes=28))
    work = Assignment(
        what="Pisahkan rute kedua rombongan dan beri tahu pengurus.",
        measure=3,
        agency=offices["polres"],
        due_at=START + timedelta(hours=4),
    )
    task = assign_task(event.pk, work, by=kabid, at=morning + timedelta(minutes=30), alert=alert.pk)
    accept_task(task.pk, by=akp, at=morning + timedelta(minutes=35))
    hold_and_brief(analyst=ratna, kabid=kabid, offices=offices, at=morning + timedelta(minutes=40))


def _reports_of_the_day(office: int) -> None:
    """Yesterday's report as it was signed at three, and today's draft."""
    ratna, kabid, area = _visitor("ratna"), _visitor("kabid"), key_of("99.01")
    afternoon = START - timedelta(hours=17, minutes=30)
    layout = Layout(
        government="Pemerintah Kabupaten Waluku",
        office="Badan Kesatuan Bangsa dan Politik",
        office_code="BKP",
        address="Jalan Wuluhpanjer 1, Waluku (data sintetis)",
        city="Waluku",
    )
    set_layout(office, layout, valid_from=FIRST_DAY, by=kabid, at=afternoon)
    made = draft_daily_report(area=area, day=afternoon.date(), office=office, by=ratna, at=afternoon)
    words = {
        "prediksi": "Situasi cenderung (55–75 %) tetap tenang sampai akhir pekan.",
        "saran": "Kabar nihil tetap dikirim.",
    }
    edit_texts(made.pk, words, label=Label.INTERNAL, by=ratna, at=afternoon + timedelta(minutes=8))
    review_product(made.pk, by=kabid, at=afternoon + timedelta(minutes=12))
    sign_product(made.pk, synthetic=True, by=kabid, at=afternoon + timedelta(minutes=15))
    draft_daily_report(area=area, day=START.date(), office=office, by=ratna, at=START)


def _gathering() -> EventFacts:
    return EventFacts(
        kind="potential",
        type_code="KEL.02",
        forms=("F02", "F07"),
        area=key_of("99.01.01.2001"),
        place_precision=1,
        place_note="tugu di Dsn Kukusan Wetan",
        happens_on=date(2026, 11, 14),
        time_precision=1,
        summary="Tugu perguruan dicoret; ajakan konvoi beredar untuk Sabtu malam saat pengesahan.",
    )


def _verdict() -> Conclusion:
    return Conclusion(
        verdict="verified",
        content_grade=2,
        source_grade="B",
        reason="Coretan dilihat Bhabinkamtibmas; undangan acara cocok.",
        evidence="Foto tugu, undangan acara.",
    )


def _warning(offices: dict[str, int]) -> Proposal:
    return Proposal(
        level=2,
        message="Potensi bentrok antarkelompok Sabtu malam, Desa Sumberluku. Mohon pisah rute.",
        reason="Coretan tugu dan ajakan konvoi bertemu pada malam pengesahan.",
        owner=offices["kesbangpol"],
        first_action="Polres mengatur rute dan melapor balik paling lambat 12.00.",
        playbook="Silat: dialog dua perguruan, pisah rute, patroli",
        least_intrusive="Dialog dan pengalihan rute dicoba lebih dulu.",
        rights_affected="Tidak ada pembatasan; acara pengesahan tetap berlangsung.",
        hours=70,
        recipients=tuple(offices[key] for key in ("polres", "kodim", "tegalwuku", "sumberluku")),
    )


def _visitor(key: str) -> Actor:
    return actor_of(account_by_email(people.ADDRESS.format(key=key)), on=office_day())
