"""The claims page: what is being said, how many reports carry it in scope, and that the verdict is not ours."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from kentongan.intake.actions import Sender, receive_report
from kentongan.intake.decisions import Draft
from kentongan.verification.actions import make_claim
from kentongan.verification.models import Claim
from tests import factories, people
from tests.web.chain import Chain, enter, text_of

pytestmark = pytest.mark.django_db
RUMOUR = "Tiga kontainer surat suara sudah dicoblos."


def claim(chain: Chain, *areas: str, area: str = "99.01") -> Claim:
    world = factories.waluku()
    reports = [
        receive_report(
            Draft(uuid4(), "form", RUMOUR, area=world[code].key),
            sender=Sender("S-31", "S-31"),
            desk=chain.desk.pk,
            at=chain.now,
        )[0].pk
        for code in areas
    ]
    return make_claim(
        reports,
        text=RUMOUR,
        area=world[area].key,
        desk=chain.desk.pk,
        by=people.actor(chain.ratna),
        at=chain.now,
    )


def test_a_claim_is_listed_with_its_state_count_and_no_sender(chain: Chain) -> None:
    made = claim(chain, "99.01.01", "99.01.02")
    page = text_of(enter(chain.ratna), "claims")

    assert RUMOUR in page
    assert made.number in page
    assert "belum diperiksa" in page
    assert "S-31" not in page


def test_the_page_says_that_the_verdict_comes_from_elsewhere_and_has_no_dead_button(chain: Chain) -> None:
    claim(chain, "99.01.01")
    main = text_of(enter(chain.ratna), "claims").partition("<main")[2].partition("</main>")[0]

    assert "Putusan klaim menyusul dari lembaga yang berwenang" in main
    assert "<button" not in main
    assert "<form" not in main


def test_a_kecamatan_counts_its_own_reports_alone(chain: Chain) -> None:
    claim(chain, "99.01.01", "99.01.02", area="99.01.01")
    address = reverse("claims")
    of = {
        who: enter(account).get(address).context["rows"][0]["reports"]
        for who, account in {"desk": chain.ratna, "kecamatan": people.kasi_trantib()}.items()
    }

    assert (len(of["desk"]), len(of["kecamatan"])) == (2, 1)


def test_a_claim_of_another_regency_is_not_listed(chain: Chain) -> None:
    claim(chain, "99.01.01")

    assert "Belum ada klaim" in text_of(enter(people.analis("99.02", name="Surya")), "claims")


@pytest.mark.parametrize("role", ["fkdm", "tiga_pilar", "provinsi", "pimpinan", "admin"])
def test_roles_outside_the_desk_never_see_claims(chain: Chain, role: str) -> None:
    assert enter(people.person(role)).get(reverse("claims")).status_code == 403
