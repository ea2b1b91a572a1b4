"""One named person per role, and how a test signs in as them.

    ratna = people.analis()                      # an Account with a post at an agency over 99.01
    actor = people.actor(ratna)                  # what actions and queries want
    sign_in(client, ratna)                       # password and, where the role demands it, the second factor

Names are first names of the coined world. The password of all is `PASSWORD`.
"""

from __future__ import annotations

import time
from datetime import date
from typing import Any, Protocol

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from kentongan.accounts.actors import Actor
from kentongan.accounts.models import Account, Agency, AgencyKind, Assignment, Delegation
from kentongan.accounts.queries import actor_of
from kentongan.accounts.roles import ROLES
from tests import factories

PASSWORD = "lentera sungai pagi"
SINCE = date(2020, 1, 1)

# role: (first name, kind of agency, name of the agency before its area, usual area)
_WHO: dict[str, tuple[str, str, str, str]] = {
    "fkdm": ("Wiryo", AgencyKind.FKDM, "FKDM Desa", "99.01.01.2001"),
    "tiga_pilar": ("Danu", AgencyKind.DESA, "Pemerintah Desa", "99.01.01.2001"),
    "kasi_trantib": ("Sekar", AgencyKind.KECAMATAN, "Kecamatan", "99.01.01"),
    "analis": ("Ratna", AgencyKind.KESBANGPOL, "Kesbangpol", "99.01"),
    "kabid": ("Budi", AgencyKind.KESBANGPOL, "Kesbangpol", "99.01"),
    "piket": ("Jaka", AgencyKind.KESBANGPOL, "Kesbangpol", "99.01"),
    "anggota_timdu": ("Alya", AgencyKind.POLRI, "Polres", "99.01"),
    "penyelenggara": ("Nawang", AgencyKind.KPU, "KPU", "99.01"),
    "pimpinan": ("Laras", AgencyKind.PIMPINAN, "Sekretariat Daerah", "99.01"),
    "provinsi": ("Gita", AgencyKind.KESBANGPOL, "Kesbangpol", "99"),
    "kampus": ("Tirta", AgencyKind.KAMPUS, "Universitas", "99"),
    "pengawas": ("Hesti", AgencyKind.PENGAWAS, "Inspektorat", "99"),
    "wali_pelapor": ("Panji", AgencyKind.DISKOMINFO, "Diskominfo", "99.01"),
    "admin": ("Rangga", AgencyKind.DISKOMINFO, "Diskominfo", "99.01"),
}


class _Person(Protocol):
    def __call__(
        self, area: str = "", *, agency: Agency | None = None, name: str = "", **values: Any
    ) -> Account: ...


def person(
    role: str, area: str = "", *, agency: Agency | None = None, name: str = "", title: str = "", **values: Any
) -> Account:
    """An account with one open post; the same role, area and name give the same account again."""
    first, kind, office, usual = _WHO[role]
    area = area or usual
    first = name or first
    where = agency or factories.agency(f"{office} {factories.waluku()[area].name}", kind=kind, own=(area,))
    email = f"{first.lower()}.{role}.{where.pk}@contoh.go.id"
    account = Account.objects.filter(email=email).first()
    if account is None:
        facts = {"name": first, "email": email, "created_on": SINCE} | values
        account = Account(**facts)
        account.set_password(PASSWORD)
        account.save()
        post(account, role, where, title=title)
    return account


def _of(role: str) -> _Person:
    def make(area: str = "", *, agency: Agency | None = None, name: str = "", **values: Any) -> Account:
        return person(role, area, agency=agency, name=name, **values)

    make.__name__ = role
    make.__doc__ = f"{_WHO[role][0]}: {ROLES[role].name['id']}."
    return make


fkdm = _of("fkdm")
tiga_pilar = _of("tiga_pilar")
kasi_trantib = _of("kasi_trantib")
analis = _of("analis")
kabid = _of("kabid")
piket = _of("piket")
anggota_timdu = _of("anggota_timdu")
penyelenggara = _of("penyelenggara")
pimpinan = _of("pimpinan")
provinsi = _of("provinsi")
kampus = _of("kampus")
pengawas = _of("pengawas")
wali_pelapor = _of("wali_pelapor")
admin = _of("admin")


def post(account: Account, role: str, agency: Agency, *, title: str = "", **values: Any) -> Assignment:
    """One more post, written directly."""
    facts = {"valid_from": SINCE, "valid_until": None} | values
    return Assignment.objects.create(account=account, agency=agency, role=role, title=title, **facts)


def lend(holder: Account, deputy: Account, *, starts: date, ends: date, kind: str = "plh") -> Delegation:
    """A delegation of the holder's first post, written directly."""
    assignment = Assignment.objects.filter(account=holder).order_by("pk")[0]
    return Delegation.objects.create(
        assignment=assignment, to_account=deputy, kind=kind, starts=starts, ends=ends, reason="Cuti"
    )


def actor(account: Account, *, on: date = factories.TODAY) -> Actor:
    return actor_of(account, on=on)


def with_second_factor(account: Account) -> str:
    """Give the account a second factor; returns its secret."""
    secret = generate_totp_secret()
    Authenticator.objects.filter(user=account).delete()
    TOTP.activate(account, secret)
    return secret


def code_of(secret: str) -> str:
    """The code the app would show now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client: Client, account: Account, password: str = PASSWORD) -> Client:
    """Sign in as a browser does, the second factor included where the role demands it."""
    needs = actor(account, on=date.today()).needs_second_factor  # noqa: DTZ011  (routes ask the machine's day)
    secret = with_second_factor(account) if needs else ""
    answer = client.post("/masuk/", {"login": account.email or account.phone, "password": password})
    assert answer.status_code == 302, answer.content.decode()
    if secret:
        cache.clear()  # the library remembers used codes; two log-ins may fall into one half minute
        answer = client.post("/masuk/kode/", {"code": code_of(secret)})
        assert answer.status_code == 302, answer.content.decode()
    return client
