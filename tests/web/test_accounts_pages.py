"""The account, delegation and agency pages in a browser's steps: who sees them, what they keep, where they lead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kentongan.accounts import queries
from kentongan.accounts.models import Account, Agency, Assignment, Delegation
from kentongan.accounts.permissions import Permission
from kentongan.accounts.roles import ROLES
from kentongan.edge.clocks import machine_now
from kentongan.web.views import accounts, agencies
from tests import factories, people

pytestmark = pytest.mark.django_db

READ = ["accounts", "accounts_new", "accounts_sheet", "accounts_sheet_template", "accounts_cards", "delegations",
        "delegations_new", "agencies", "agencies_new", "roles", "my_account"]  # fmt: skip


@pytest.fixture
def rangga() -> Account:
    return people.admin()


@pytest.fixture
def browser(client: Client, rangga: Account) -> Client:
    return people.sign_in(client, rangga)


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def today() -> Any:
    return machine_now().date()


# --- who sees what


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_opens_exactly_the_pages_its_permissions_name(client: Client, role: str) -> None:
    people.sign_in(client, people.person(role))
    needs = {route.name: route.callback.declared.need for route in (*accounts.ROUTES, *agencies.ROUTES)}  # type: ignore[attr-defined]
    for name in READ:
        need = needs[name]
        allowed = not isinstance(need, Permission) or need in ROLES[role].permissions
        assert client.get(reverse(name)).status_code == (200 if allowed else 403), (role, name)


def test_a_refused_page_says_in_plain_words_what_is_missing(client: Client) -> None:
    people.sign_in(client, people.analis())
    assert "Peran Anda belum boleh melihat akun" in text(client.get(reverse("accounts")))


def test_nobody_sees_a_page_without_signing_in(client: Client) -> None:
    for name in READ:
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_a_page_of_an_account_elsewhere_is_not_found(browser: Client) -> None:
    elsewhere = people.analis("99.02", name="Gilang")
    for name in (
        "accounts_page",
        "accounts_assign",
        "accounts_password",
        "accounts_factor",
        "accounts_close",
    ):
        assert browser.get(reverse(name, args=[elsewhere.pk])).status_code == 404
    agency = Agency.objects.get(name="Kesbangpol Lintang Wuluh")
    for name in ("agencies_page", "agencies_edit", "agencies_areas", "agencies_close"):
        assert browser.get(reverse(name, args=[agency.pk])).status_code == 404


# --- accounts


def test_the_list_is_searched_and_says_when_nothing_fits(browser: Client) -> None:
    people.analis()
    people.kabid()
    assert "Ratna" in text(browser.get(reverse("accounts"), {"q": "ratna"}))
    assert "Ratna" not in text(browser.get(reverse("accounts"), {"peran": "kabid"}))
    assert "Belum ada akun yang cocok" in text(browser.get(reverse("accounts"), {"q": "antah"}))


def test_the_list_is_cut_into_pages(browser: Client) -> None:
    office = factories.agency()
    for number in range(accounts.PAGE_ROWS):
        people.analis(agency=office, name=f"Warga{number:02d}")
    assert "Halaman 1 dari 2" in text(browser.get(reverse("accounts")))
    assert "Warga49" in text(browser.get(reverse("accounts"), {"page": 2}))


def new_account(browser: Client, **values: Any) -> Any:
    facts = {"name": "Melati", "email": "melati@contoh.go.id", "phone": "", "agency": factories.agency().pk,
             "role": "analis", "title": "Analis", "starts": today().isoformat(), "ends": ""}  # fmt: skip
    return browser.post(reverse("accounts_new"), facts | values)


def test_a_new_account_shows_its_code_on_a_card_until_it_is_printed(browser: Client) -> None:
    answer = new_account(browser)
    assert answer["Location"] == reverse("accounts_cards")
    page = text(browser.get(reverse("accounts_cards")))
    assert "Melati" in page
    assert re.search(r"\b[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}\b", page)
    assert "110" in page
    browser.post(reverse("accounts_cards"))
    assert "Tidak ada kartu yang menunggu" in text(browser.get(reverse("accounts_cards")))


def test_a_refused_form_keeps_what_was_typed_and_links_the_error_to_its_field(browser: Client) -> None:
    answer = new_account(browser, email="melati")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Melati"' in page
    assert 'href="#id_email"' in page
    assert "Surel melati tidak lengkap" in page
    assert not Account.objects.filter(name="Melati").exists()


def test_the_page_of_an_account_tells_its_posts_and_what_it_may_do(browser: Client) -> None:
    ratna = people.analis()
    page = text(browser.get(reverse("accounts_page", args=[ratna.pk])))
    for words in ("Analis Kesbangpol", "Kab. Waluku", "menyaring laporan", "menyetujui Waspada"):
        assert words in page


def test_a_post_is_added_and_ended(browser: Client) -> None:
    ratna, office = people.analis(), factories.agency()
    page = reverse("accounts_page", args=[ratna.pk])
    facts = {"agency": office.pk, "role": "piket", "title": "", "starts": today().isoformat(), "ends": ""}
    assert browser.post(reverse("accounts_assign", args=[ratna.pk]), facts)["Location"] == page
    post = Assignment.objects.get(account=ratna, role="piket")
    facts = {"last_day": today().isoformat(), "reason": "selesai"}
    assert browser.post(reverse("accounts_end", args=[post.pk]), facts)["Location"] == page
    post.refresh_from_db()
    assert post.valid_until == today()


def test_a_role_that_may_not_be_held_together_is_told_beside_its_field(browser: Client) -> None:
    ratna, office = people.analis(), factories.agency()
    facts = {
        "agency": office.pk,
        "role": "wali_pelapor",
        "title": "",
        "starts": today().isoformat(),
        "ends": "",
    }
    answer = browser.post(reverse("accounts_assign", args=[ratna.pk]), facts)
    assert answer.status_code == 422
    assert "tidak boleh dirangkap" in text(answer)
    assert 'href="#id_role"' in answer.content.decode()


def test_what_ends_something_asks_first_and_wants_a_reason(browser: Client) -> None:
    ratna = people.analis()
    path = reverse("accounts_close", args=[ratna.pk])
    assert "Ratna tidak dapat masuk lagi" in text(browser.get(path))
    assert "Alasan masih kosong" in text(browser.post(path, {"reason": ""}))
    assert Account.objects.get(pk=ratna.pk).is_active
    browser.post(path, {"reason": "pindah"})
    assert not Account.objects.get(pk=ratna.pk).is_active


def test_a_reset_ends_the_sessions_of_the_account_and_gives_a_card(browser: Client) -> None:
    wiryo, other = people.fkdm(), Client()
    people.sign_in(other, wiryo)
    path = reverse("accounts_password", args=[wiryo.pk])
    assert browser.post(path, {"reason": "lupa"})["Location"] == reverse("accounts_cards")
    assert "Wiryo" in text(browser.get(reverse("accounts_cards")))
    assert other.get(reverse("my_account")).status_code == 302


def test_a_lost_second_factor_is_removed_by_the_administrator(browser: Client) -> None:
    ratna = people.analis()
    people.with_second_factor(ratna)
    browser.post(reverse("accounts_factor", args=[ratna.pk]), {"reason": "HP hilang"})
    assert not queries.has_second_factor(ratna.pk)


def test_nobody_ends_his_own_second_factor_through_the_account_page(browser: Client, rangga: Account) -> None:
    answer = browser.post(reverse("accounts_factor", args=[rangga.pk]), {"reason": "coba"})
    assert "tidak boleh untuk akun sendiri" in text(answer)
    assert queries.has_second_factor(rangga.pk)


def test_one_s_own_page_changes_the_language(client: Client) -> None:
    wiryo = people.fkdm()
    people.sign_in(client, wiryo)
    answer = client.post(reverse("my_language"), {"language": "en"})
    wiryo.refresh_from_db()
    assert wiryo.language == "en"
    assert answer.cookies["django_language"].value == "en"


def test_the_page_of_roles_describes_every_role_and_what_it_never_sees(client: Client) -> None:
    people.sign_in(client, people.fkdm())
    page = text(client.get(reverse("roles")))
    for role in ROLES.values():
        assert role.name["id"] in page
    assert page.count("tidak pernah nama pelapor") == len(ROLES)


# --- the spreadsheet


def upload(browser: Client, content: str, name: str = "akun.csv") -> Any:
    return browser.post(reverse("accounts_sheet"), {"file": SimpleUploadedFile(name, content.encode())})


SHEET = """nama;hp;instansi;peran
Melati;081234567890;Kesbangpol Waluku;analis
Kenanga;12;Kesbangpol Waluku;analis
"""


def test_a_sheet_is_shown_first_then_made_and_printed(browser: Client) -> None:
    factories.agency()
    preview = upload(browser, SHEET)
    page = text(preview)
    assert "1 siap dibuat" in page
    assert "Nomor HP 12 tidak dikenal" in page
    assert not Account.objects.filter(name="Melati").exists()
    carried = {"rows": preview.context["rows"], "filename": "akun.csv"}
    assert browser.post(reverse("accounts_sheet_apply"), carried)["Location"] == reverse("accounts_cards")
    assert "Melati" in text(browser.get(reverse("accounts_cards")))
    again = browser.post(reverse("accounts_sheet_apply"), carried)
    assert again.status_code == 409
    assert Account.objects.filter(name="Melati").count() == 1


def test_a_preview_cannot_be_changed_or_borrowed(browser: Client) -> None:
    factories.agency()
    carried = upload(browser, SHEET).context["rows"]
    for rows in (f"{carried}x", "", carried[:-1]):
        assert (
            browser.post(reverse("accounts_sheet_apply"), {"rows": rows, "filename": "a"}).status_code == 409
        )
    other = people.sign_in(Client(), people.admin(name="Saka"))
    assert other.post(reverse("accounts_sheet_apply"), {"rows": carried, "filename": "a"}).status_code == 409


def test_a_file_that_is_no_sheet_is_told_beside_the_field(browser: Client) -> None:
    answer = upload(browser, "hanya satu kolom\nx")
    assert answer.status_code == 422
    assert "Kolom nama, instansi, peran" in text(answer)


def test_the_template_downloads(browser: Client) -> None:
    answer = browser.get(reverse("accounts_sheet_template"))
    assert answer["Content-Disposition"] == 'attachment; filename="templat-akun.xlsx"'
    assert answer.content.startswith(b"PK")


# --- delegation


def lend(browser: Client, holder: Account, deputy: str, **values: Any) -> Any:
    post = Assignment.objects.filter(account=holder).order_by("pk")[0]
    facts = {"post": post.pk, "deputy": deputy, "kind": "plh", "starts": today().isoformat(),
             "ends": (today() + timedelta(days=4)).isoformat(), "reason": "Cuti tahunan"}  # fmt: skip
    return browser.post(reverse("delegations_new"), facts | values)


def test_a_head_lends_his_role_and_takes_it_back(client: Client) -> None:
    budi, ratna = people.kabid(), people.analis()
    people.sign_in(client, budi)
    assert lend(client, budi, str(ratna.email))["Location"] == reverse("delegations")
    assert "Ratna" in text(client.get(reverse("delegations")))
    row = Delegation.objects.get()
    client.post(reverse("delegations_withdraw", args=[row.pk]), {"reason": "kembali"})
    assert "dicabut" in text(client.get(reverse("delegations")))


def test_a_head_is_offered_his_own_roles_only(client: Client) -> None:
    budi = people.kabid()
    people.piket()
    people.sign_in(client, budi)
    page = text(client.get(reverse("delegations_new")))
    assert "Budi" in page
    assert "Jaka" not in page


def test_a_delegation_without_an_end_is_refused(client: Client) -> None:
    budi, ratna = people.kabid(), people.analis()
    people.sign_in(client, budi)
    answer = lend(client, budi, str(ratna.email), ends="")
    assert answer.status_code == 422
    assert 'href="#id_ends"' in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_deputy_elsewhere_is_told_like_one_that_does_not_exist(client: Client) -> None:
    budi, elsewhere = people.kabid("99.01"), people.analis("99.02", name="Gilang")
    people.sign_in(client, budi)
    for typed in (str(elsewhere.email), "siapa@contoh.go.id"):
        assert f"Akun {typed} tidak ada di wilayah Anda" in text(lend(client, budi, typed))


# --- agencies


def test_an_agency_is_made_by_search_and_buttons_without_any_script(browser: Client) -> None:
    factories.waluku()
    path, typed = (
        reverse("agencies_new"),
        {"name": "Polres Waluku Utara", "short_name": "Polres Utara", "kind": "polri"},
    )
    found = browser.post(path, typed | {"search": "tegalwuku", "do": "search"})
    assert found.status_code == 200
    assert "Kec. Tegalwuku, Kab. Waluku" in text(found)
    assert 'value="Polres Waluku Utara"' in found.content.decode()
    added = browser.post(path, typed | {"add_own": "99.01.01"})
    assert '<input type="hidden" name="own" value="99.01.01">' in added.content.decode()
    saved = browser.post(
        path, typed | {"own": ["99.01.01", "99.01.02"], "neighbour": ["99.01.03"], "do": "save"}
    )
    agency = Agency.objects.get(name="Polres Waluku Utara")
    assert saved["Location"] == reverse("agencies_page", args=[agency.pk])
    assert agency.areas.filter(relation="own").count() == 2


def test_an_agency_without_area_is_refused_and_keeps_its_name(browser: Client) -> None:
    factories.waluku()
    facts = {"name": "Polres", "short_name": "Polres", "kind": "polri", "do": "save"}
    answer = browser.post(reverse("agencies_new"), facts)
    assert answer.status_code == 422
    assert "belum mempunyai wilayah sendiri" in text(answer)
    assert 'value="Polres"' in answer.content.decode()


def test_the_areas_of_an_agency_are_changed(browser: Client) -> None:
    office = factories.agency("Polsek", kind="polri", own=("99.01.01",))
    path = reverse("agencies_areas", args=[office.pk])
    assert "Kec. Tegalwuku" in text(browser.get(path))
    dropped = browser.post(path, {"own": ["99.01.01"], "drop": "99.01.01"})
    assert 'name="own"' not in dropped.content.decode()
    browser.post(path, {"own": ["99.01.02"], "do": "save"})
    assert [area.region.code for area in office.areas.all()] == ["99.01.02"]


def test_an_area_elsewhere_is_refused_with_its_name(browser: Client) -> None:
    office = factories.agency("Polsek", kind="polri", own=("99.01.01",))
    answer = browser.post(reverse("agencies_areas", args=[office.pk]), {"own": ["99.02"], "do": "save"})
    assert answer.status_code == 422
    assert "Kab. Lintang Wuluh berada di luar wilayah Anda" in text(answer)


def test_an_agency_is_renamed_and_closed(browser: Client) -> None:
    office = factories.agency("Polsek", kind="polri", own=("99.01.01",))
    facts = {"name": "Polsek Tegalwuku", "short_name": "Polsek", "kind": "polri"}
    browser.post(reverse("agencies_edit", args=[office.pk]), facts)
    browser.post(reverse("agencies_close", args=[office.pk]), {"reason": "digabung"})
    office.refresh_from_db()
    assert (office.name, office.active) == ("Polsek Tegalwuku", False)
    assert "Polsek" not in text(browser.get(reverse("agencies")))
    assert "Polsek Tegalwuku" in text(browser.get(reverse("agencies"), {"tutup": "1"}))
