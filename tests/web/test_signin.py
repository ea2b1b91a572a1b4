"""Signing in: by e-mail or telephone, slowed down, first password, second factor; and what is never kept."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kentongan.accounts import login, onboarding, one_time, throttle
from kentongan.accounts.models import Account, LoginAttempt
from kentongan.edge.clocks import machine_now
from tests import people

pytestmark = pytest.mark.django_db

ARGON2 = "django.contrib.auth.hashers.Argon2PasswordHasher"
FIRST = "/masuk/kata-sandi-baru/"


def enter(client: Client, typed: str, password: str = people.PASSWORD, **values: Any) -> Any:
    return client.post("/masuk/", {"login": typed, "password": password}, **values)


def wiryo(**values: Any) -> Account:
    account = people.fkdm()
    Account.objects.filter(pk=account.pk).update(**values)
    account.refresh_from_db()
    return account


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- who may come in


@pytest.mark.parametrize("typed", ["081234567890", "0812-3456-7890", "+62 812 3456 7890", "81234567890"])
def test_a_telephone_number_signs_in_however_it_is_spelt(client: Client, typed: str) -> None:
    wiryo(email=None, phone="+6281234567890")
    answer = enter(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home"))
    assert signed_in(client)


def test_an_address_signs_in_in_any_letters(client: Client) -> None:
    assert enter(client, str(wiryo().email).upper()).status_code == 302
    assert signed_in(client)


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(client: Client) -> None:
    pages = []
    for typed in (str(wiryo().email), "siapa@contoh.go.id"):
        page = enter(client, typed, "salah sekali").content.decode().replace(typed, "X")
        pages.append(re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page))
    assert pages[0] == pages[1]
    assert "tidak cocok" in pages[0]
    assert not signed_in(client)


def test_a_closed_account_does_not_come_in(client: Client) -> None:
    answer = enter(client, str(wiryo(is_active=False).email))
    assert answer["Location"] == reverse("account_inactive")
    assert not signed_in(client)


def test_nobody_signs_up_and_no_page_sends_mail(client: Client) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    adapter = login.OfficeAdapter()
    adapter.send_mail("account/email/anything", "orang@contoh.go.id", {})
    assert mail.outbox == []


def test_pages_speak_the_language_of_the_account(client: Client) -> None:
    answer = enter(client, str(wiryo(language="en").email))
    assert answer.cookies["django_language"].value == "en"


# --- guessing


def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(client: Client) -> None:
    typed = str(wiryo().email)
    for _ in range(5):
        enter(client, typed, "salah sekali")
    page = enter(client, typed).content.decode()
    assert "Tunggu 1 menit" in page
    assert not signed_in(client)


def test_an_unknown_login_waits_just_the_same(client: Client) -> None:
    for _ in range(5):
        enter(client, "siapa@contoh.go.id", "salah sekali")
    assert "Tunggu 1 menit" in enter(client, "siapa@contoh.go.id").content.decode()


def test_a_number_in_another_spelling_does_not_start_anew(client: Client) -> None:
    wiryo(email=None, phone="+6281234567890")
    for typed in ("081234567890", "0812 3456 7890", "+6281234567890", "81234567890", "6281234567890"):
        enter(client, typed, "salah sekali")
    assert "Tunggu 1 menit" in enter(client, "0812-3456-7890").content.decode()


def test_an_address_that_guesses_many_logins_waits_and_its_neighbour_does_not(client: Client) -> None:
    typed = str(wiryo().email)
    now = machine_now()
    guesser = throttle.tally(throttle.ADDRESS, "203.0.113.7", now=now)
    for _ in range(throttle.ADDRESS.free):
        throttle.count_failure([guesser], now=now)
    assert "Tunggu" in enter(client, typed, REMOTE_ADDR="203.0.113.7").content.decode()
    assert enter(client, typed, REMOTE_ADDR="203.0.113.8").status_code == 302


def test_the_right_password_clears_the_count(client: Client) -> None:
    typed = str(wiryo().email)
    for _ in range(4):
        enter(client, typed, "salah sekali")
    enter(client, typed)
    assert not LoginAttempt.objects.exists()


def test_codes_are_slowed_down_like_passwords(client: Client) -> None:
    ratna = people.analis()
    people.with_second_factor(ratna)
    enter(client, str(ratna.email))
    for _ in range(5):
        client.post("/masuk/kode/", {"code": "000000"})
    assert "Tunggu 1 menit" in client.post("/masuk/kode/", {"code": "000000"}).content.decode()


# --- the first password


@pytest.fixture
def _argon2(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, ARGON2]


@pytest.mark.usefixtures("_argon2")
def test_a_one_time_code_leads_to_a_password_before_anything_else(client: Client) -> None:
    code = one_time.new_code()
    account = wiryo(password=one_time.hash_of(code), must_change_password=True)
    answer = enter(client, str(account.email), code.lower().replace("-", " "))
    assert answer["Location"] == FIRST
    assert not signed_in(client)
    assert client.get("/akun-saya/").status_code == 302
    assert client.get(FIRST).status_code == 200
    answer = client.post(FIRST, {"password1": "lentera sungai sore", "password2": "lentera sungai sore"})
    assert answer["Location"] == reverse("home")
    assert signed_in(client)
    account.refresh_from_db()
    assert not account.must_change_password
    assert account.check_password("lentera sungai sore")
    assert not account.check_password(code)


@pytest.mark.usefixtures("_argon2")
def test_the_code_itself_cannot_become_the_password(client: Client) -> None:
    code = one_time.new_code()
    account = wiryo(password=one_time.hash_of(code), must_change_password=True)
    enter(client, str(account.email), code)
    page = client.post(FIRST, {"password1": code, "password2": code})
    assert page.status_code == 422
    assert "sama dengan kode sementara" in page.content.decode()
    assert not signed_in(client)


def test_the_page_of_the_first_password_is_closed_without_a_code(client: Client) -> None:
    assert client.get(FIRST)["Location"] == reverse("account_login")


@pytest.mark.usefixtures("_argon2")
def test_a_reset_password_still_asks_for_the_second_factor_first(client: Client) -> None:
    ratna = people.analis()
    code, secret = one_time.new_code(), people.with_second_factor(ratna)
    Account.objects.filter(pk=ratna.pk).update(password=one_time.hash_of(code), must_change_password=True)
    assert enter(client, str(ratna.email), code)["Location"] == reverse("mfa_authenticate")
    cache.clear()
    assert client.post("/masuk/kode/", {"code": people.code_of(secret)})["Location"] == FIRST


# --- the second factor


@pytest.mark.parametrize("role", ["analis", "kabid", "admin", "wali_pelapor"])
def test_who_approves_is_led_to_set_up_the_second_factor_before_anything_else(
    client: Client, role: str
) -> None:
    account = people.person(role)
    enter(client, str(account.email))
    for path in ("/akun-saya/", "/peran/"):
        assert client.get(path)["Location"] == reverse("mfa_activate_totp")
    # The password was given a moment ago: it is not asked for again.
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize("role", ["fkdm", "anggota_timdu", "pimpinan"])
def test_who_does_not_approve_may_come_in_without(client: Client, role: str) -> None:
    enter(client, str(people.person(role).email))
    assert client.get("/akun-saya/").status_code == 200


def test_setting_it_up_works_and_no_table_shows_the_secret(client: Client) -> None:
    ratna = people.analis()
    enter(client, str(ratna.email))
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert secret not in json.dumps([each.get_decoded() for each in Session.objects.all()])
    answer = client.post(reverse("mfa_activate_totp"), {"code": people.code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    for row in Authenticator.objects.filter(user=ratna):
        assert secret not in json.dumps(row.data)
    assert client.get("/akun-saya/").status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert not any(code in json.dumps(row.data) for row in Authenticator.objects.all() for code in codes)


def test_the_next_log_in_asks_for_the_code_and_keeps_no_time_of_it(client: Client) -> None:
    ratna = people.analis()
    people.sign_in(client, ratna)
    assert client.get("/akun-saya/").status_code == 200
    assert not Authenticator.objects.exclude(last_used_at=None).exists()
    assert not any(field.name == "last_login" for field in Account._meta.get_fields())


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    ratna = people.analis()
    enter(client, str(ratna.email))
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": people.code_of(secret)})
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    for expected in (302, 200):
        other = Client()
        enter(other, str(ratna.email))
        assert other.post("/masuk/kode/", {"code": code}).status_code == expected


# --- one's own password, and leaving


def test_one_s_own_password_is_changed_and_the_session_stays(client: Client) -> None:
    account = wiryo()
    people.sign_in(client, account)
    new = {
        "oldpassword": people.PASSWORD,
        "password1": "lentera sungai sore",
        "password2": "lentera sungai sore",
    }
    answer = client.post(reverse("account_change_password"), new)
    assert answer["Location"] == reverse("my_account")
    assert client.get("/akun-saya/").status_code == 200


def test_leaving_needs_a_button_press(client: Client) -> None:
    people.sign_in(client, wiryo())
    assert client.get("/keluar/").status_code == 200
    assert signed_in(client)
    client.post("/keluar/")
    assert not signed_in(client)


def test_reading_a_page_never_touches_the_session_row(client: Client) -> None:
    people.sign_in(client, wiryo())
    before = Session.objects.get().expire_date
    client.get("/akun-saya/")
    assert Session.objects.get().expire_date == before


def test_cards_wait_in_the_session_row_sealed(client: Client) -> None:
    rangga = people.admin()
    people.sign_in(client, rangga)
    session = client.session
    card = onboarding.Card("FKDM", "Melati", "Anggota FKDM", "+62812", "KODE-RAHASIA")
    onboarding.keep(session, [card], maker=rangga.pk, now=machine_now() - timedelta(minutes=1))
    session.save()
    assert "KODE-RAHASIA" in client.get(reverse("accounts_cards")).content.decode()
    assert "KODE-RAHASIA" not in json.dumps([each.get_decoded() for each in Session.objects.all()])
