"""Who appears in the tests of the vault: an asker at Kesbangpol, guardians at two bodies, an overseer."""

from __future__ import annotations

from datetime import datetime, timezone

from kentongan.accounts.actors import Actor, Post
from kentongan.accounts.models import Agency, AgencyKind
from kentongan.accounts.roles import ROLES
from kentongan.edge.sealing import HolderKey
from kentongan.places.keys import RegionRange
from kentongan.vault import actions as vault

NOW = datetime(2026, 4, 2, 1, 15, tzinfo=timezone.utc)
WALUKU = RegionRange(9901000000, 9902000000)
OTHER_REGENCY = RegionRange(9902000000, 9903000000)
KESBANGPOL, INSPEKTORAT, OMBUDSMAN = (
    "Kesbangpol Kab. Waluku",
    "Inspektorat Kab. Waluku",
    "Ombudsman Perwakilan",
)
KEYS = {INSPEKTORAT: HolderKey.new(), OMBUDSMAN: HolderKey.new(), KESBANGPOL: HolderKey.new()}


def agency(name: str) -> Agency:
    kind = AgencyKind.KESBANGPOL if name == KESBANGPOL else AgencyKind.PENGAWAS
    return Agency.objects.get_or_create(name=name, defaults={"short_name": name[:40], "kind": kind})[0]


def person(account_id: int, role: str, body: str, *, own: RegionRange = WALUKU) -> Actor:
    office = agency(body)
    post = Post(
        assignment_id=account_id,
        agency_id=office.pk,
        agency=office.short_name,
        agency_kind=office.kind,
        role=ROLES[role],
        title="",
        own=(own,),
        neighbours=(),
    )
    return Actor(account_id=account_id, name=f"Orang {account_id}", posts=(post,))


def two_holders() -> None:
    """Inspektorat holds A, Ombudsman holds B."""
    for slot, body in (("A", INSPEKTORAT), ("B", OMBUDSMAN)):
        vault.add_holder(
            "A" if slot == "A" else "B",
            KEYS[body].public,
            agency_id=agency(body).pk,
            body=body,
            office="Sekretaris",
            actor="sistem:kunci",
            at=NOW,
        )
