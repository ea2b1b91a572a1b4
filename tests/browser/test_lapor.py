"""The report form in a real browser: light, without signal, with keys alone, in a hurry, and for axe."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Response, expect

from kentongan.policy import policy_on
from kentongan.web.forms.lapor_hints import hints_for
from tests.browser.conftest import BROWSER_MARKS, Visitor
from tests.browser.test_every_page import serious_findings
from tests.web.test_lapor_pages import HINTS

pytestmark = BROWSER_MARKS

MOST_BYTES = 150_000
STORY = "Kabarnya Sabtu malam ada konvoi dua perguruan lewat tugu."
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


def answer_all(page: Page, text: str = STORY) -> None:
    """From the first step to the review, as a thumb would."""
    page.locator("label[for=tile-antarkelompok]").click()
    page.get_by_role("heading", name="Di mana?").wait_for()
    page.locator("section:not([hidden])").get_by_role("button", name="Lanjut").click()
    page.locator("label[for=happens-now]").click()
    page.get_by_role("heading", name="Dari mana Anda tahu?").wait_for()
    page.locator("label[for=knowledge-heard]").click()
    page.get_by_role("heading", name="Ceritakan").wait_for()
    page.locator("#text").fill(text)
    for _ in range(2):
        page.locator("section:not([hidden])").get_by_role("button", name="Lanjut").click()
    page.get_by_role("heading", name="Periksa, lalu kirim").wait_for()


def begin(visitor: Visitor) -> Page:
    """The public form at its first question."""
    visitor.page.context.clear_cookies()
    page = visitor.go("/lapor/")
    page.get_by_role("button", name="Mulai lapor").click()
    return page


def kept(page: Page) -> list[dict[str, object]]:
    """What the outbox holds on this phone."""
    stored: list[dict[str, object]] = page.evaluate(
        "JSON.parse(localStorage.getItem('kentongan-kotak-keluar') || '[]')"
    )
    return stored


def test_the_first_view_is_light(phone: Visitor) -> None:
    responses: list[Response] = []
    phone.page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 (a bound method of list has no code)
    phone.go("/lapor/")
    phone.page.wait_for_load_state("networkidle")
    sizes = {}
    for response in responses:
        weighed = response.request.sizes()
        sizes[response.url] = weighed["responseBodySize"] + weighed["responseHeadersSize"]
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert len(sizes) < 20
    assert phone.watch.faults == []


def test_a_citizen_reports_with_seven_short_answers_and_gets_a_code(phone: Visitor) -> None:
    page = begin(phone)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer_all(page)
    assert asked == []  # no network between the steps
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_role("heading", name="Terkirim. Terima kasih.")).to_be_focused()
    expect(page.locator("#kode")).to_have_text(CODE)
    assert kept(page) == []
    assert page.context.cookies() == []
    page.get_by_role("button", name="Lihat status").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Diterima")
    assert phone.watch.faults == []


def test_without_signal_the_report_waits_and_goes_by_itself(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="KIRIM").click()
    expect(page.get_by_role("heading", name="Tersimpan di HP.")).to_be_visible()
    (item,) = kept(page)
    assert item["state"] == "waiting"
    page.context.set_offline(False)
    expect(page.locator(".outbox .code").last).to_have_text(CODE)
    (item,) = kept(page)
    assert (item["state"], item["body"]) == ("sent", {})
    page.get_by_role("button", name="Sudah saya catat").last.click()
    assert kept(page) == []


def test_a_second_try_of_the_same_report_gives_the_same_code(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page)
    lost: list[str] = []

    def answer_is_lost(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        lost.append(response.json()["receipt"])
        route.abort()  # type: ignore[attr-defined]

    page.route("**/lapor/kirim/", answer_is_lost)
    page.get_by_role("button", name="KIRIM").click()
    page.get_by_role("heading", name="Tersimpan di HP.").wait_for()
    page.unroute("**/lapor/kirim/")
    page.get_by_role("button", name="Kirim sekarang").last.click()
    expect(page.locator(".outbox .code").last).to_have_text(lost[0])


def test_what_was_typed_survives_a_reload(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page, "Tulisan yang belum dikirim.")
    page.reload()
    expect(page.get_by_role("heading", name="Periksa, lalu kirim")).to_be_visible()
    expect(page.locator("[data-review=text]")).to_have_text("Tulisan yang belum dikirim.")


def test_a_report_kept_for_later_goes_only_when_told_and_can_be_deleted(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page)
    page.get_by_role("button", name="Simpan dulu").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    (item,) = kept(page)
    assert item["state"] == "held"
    page.get_by_role("button", name="Hapus dari HP").first.click()
    page.get_by_role("button", name="Hapus sungguh?").first.click()
    assert kept(page) == []


def test_the_quick_exit_replaces_the_page_and_forgets_the_draft(phone: Visitor) -> None:
    page = begin(phone)
    page.route(
        "https://www.bmkg.go.id/**", lambda route: route.fulfill(body="cuaca", content_type="text/html")
    )
    answer_all(page)
    page.locator("section:not([hidden]) [data-exit]").click()
    page.wait_for_url("https://www.bmkg.go.id/")
    page.go_back()
    assert "/lapor/" not in page.url
    page.goto(phone.server + "/lapor/")
    expect(page.get_by_role("heading", name="Lapor tanpa nama")).to_be_visible()


def test_escape_twice_is_the_quick_exit_too(phone: Visitor) -> None:
    page = begin(phone)
    page.route(
        "https://www.bmkg.go.id/**", lambda route: route.fulfill(body="cuaca", content_type="text/html")
    )
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.bmkg.go.id/")


def test_the_phones_back_key_goes_one_step_back(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Bagaimana keadaannya?")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Ceritakan")).to_be_visible()


def test_keys_alone_are_enough(desk: Visitor) -> None:
    page = desk.go("/lapor/")
    page.get_by_role("button", name="Mulai lapor").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apa yang terjadi?")).to_be_focused()
    page.locator("#tile-massa_bentrok").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tile-ancaman")).to_be_checked()
    expect(page.get_by_role("heading", name="Apa yang terjadi?")).to_be_visible()  # choosing is not going on
    for heading in ("Di mana?", "Kapan?", "Dari mana Anda tahu?", "Ceritakan"):
        page.locator("section:not([hidden])").get_by_role("button", name="Lanjut").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=heading)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type(STORY)
    expect(page.locator("#text")).to_have_value(STORY)


def test_hints_come_while_one_writes_and_stop_nothing(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page, "Jalan rusak. Hubungi 0812 3456 7890.")
    hints = page.locator("section:not([hidden]) [data-hints]")
    expect(hints).to_contain_text("nomornya kami samarkan")
    expect(hints).to_contain_text("SP4N-LAPOR!")
    page.get_by_role("button", name="KIRIM").click()
    expect(page.locator("#kode")).to_have_text(CODE)


def test_a_photo_is_made_small_on_the_phone_and_sent_after_the_report(phone: Visitor, tmp_path: Path) -> None:
    picture = tmp_path / "besar.jpg"
    noise = Image.frombytes("RGB", (1600, 1200), random.Random(7).randbytes(1600 * 1200 * 3))
    noise.save(picture, quality=95)
    assert picture.stat().st_size > 1_000_000
    page = begin(phone)
    answer_all(page)
    page.locator("section:not([hidden])").get_by_role("button", name="ubah Cerita").click()
    page.locator("[data-photo-input]").set_input_files(picture)
    expect(page.get_by_role("img", name="Foto 1")).to_be_visible()
    with page.expect_request("**/lapor/foto/") as sent:
        for _ in range(2):
            page.locator("section:not([hidden])").get_by_role("button", name="Lanjut").click()
        page.get_by_role("button", name="KIRIM").click()
    assert len(sent.value.post_data_buffer or b"") < 202_000
    answer = sent.value.response()
    assert answer is not None
    assert answer.status == 201
    expect(page.locator("#kode")).to_have_text(CODE)
    assert kept(page) == []


def test_a_field_member_reports_says_aman_and_finds_both_again(phone: Visitor) -> None:
    page = phone.become("Pak Wiryo")
    page.get_by_text("Aman, tidak ada kejadian").click()
    page.get_by_role("button", name="Ya, aman").click()
    expect(page.locator(".banner--ok")).to_contain_text("Kabar aman diterima")
    page.get_by_role("link", name="LAPOR ada potensi atau kejadian").click()
    answer_all(page)
    expect(page.locator("[data-review=place]")).to_contain_text("Desa Sumberluku")
    page.get_by_role("button", name="KIRIM").click()
    page.get_by_role("link", name="Lihat Laporan saya").click()
    expect(page.get_by_role("heading", name=re.compile("Bentrok")).first).to_be_visible()
    assert kept(page) == []
    assert phone.watch.faults == []


def test_a_report_of_an_account_waits_until_its_owner_signs_in_again(phone: Visitor) -> None:
    page = phone.become("Pak Wiryo")
    page.goto(phone.server + "/lapor/")
    answer_all(page)
    page.context.clear_cookies()
    page.get_by_role("button", name="KIRIM").click()
    expect(page.locator("[data-after=kept]")).to_contain_text("Masuk dulu untuk mengirim")
    phone.go("/lapor/")
    (item,) = kept(page)
    assert item["state"] == "sign_in"
    expect(page.get_by_role("link", name="Masuk").first).to_be_visible()
    phone.become("Pak Kades")
    expect(page.locator(".outbox")).to_contain_text("Milik akun lain")
    phone.become("Pak Wiryo")
    expect(page.locator(".outbox")).to_have_count(0)
    assert kept(page) == []


@pytest.mark.parametrize("width", [320, 360, 683])
def test_every_step_fits_narrow_screens_and_double_zoom(browser: Browser, server: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, locale="id-ID")
    page = context.new_page()
    page.goto(f"{server}/lapor/")
    page.get_by_role("button", name="Mulai lapor").click()
    for _ in range(7):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.locator("section:not([hidden]) .hp-btn--main").first.click()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_step_is_sound_for_axe(phone: Visitor, scheme: str) -> None:
    phone.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = phone.go("/lapor/")
    assert serious_findings(phone) == []
    page.get_by_role("button", name="Mulai lapor").click()
    for _ in range(6):
        assert serious_findings(phone) == []
        page.locator("section:not([hidden]) .hp-btn--main").first.click()
    page.locator("section:not([hidden])").get_by_role("button", name="ubah Keadaan").click()
    page.locator(".offices summary").click()
    page.locator("label[for=accused-kabupaten]").click()
    page.locator("label[for=danger-yes]").click()
    assert serious_findings(phone) == []


def test_targets_are_large_enough_for_a_thumb(phone: Visitor) -> None:
    page = begin(phone)
    answer_all(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main label.hp-opt, main summary')]
            .filter((each) => each.getClientRects().length && !each.classList.contains('vh'))
            .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
            .filter(([, box]) => box.height < 48 || box.width < 44)
            .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_without_script_the_same_form_goes_step_by_step(browser: Browser, server: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="id-ID", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{server}/lapor/")
    page.get_by_role("button", name="Mulai lapor").click()
    page.locator("label[for=tile-ancaman]").click()
    page.get_by_role("button", name="Lanjut").first.click()
    page.get_by_label("Nama desa atau kecamatan").fill("Sumberluku, Kec. Tegalwuku")
    for _ in range(3):
        page.locator("section:not([hidden]) .hp-btn--main").click()
    page.locator("#text").fill(STORY)
    for _ in range(2):
        page.locator("section:not([hidden]) .hp-btn--main").click()
    page.get_by_role("button", name="KIRIM").click()
    expect(page.locator("#kode")).to_have_text(CODE)
    page.get_by_role("button", name="Lihat status, tambah foto").click()
    expect(page.locator("[aria-current=step]")).to_contain_text("Diterima")
    assert context.cookies() == []
    context.close()


def test_the_page_hints_at_the_same_things_as_the_server(phone: Visitor) -> None:
    page = phone.go("/lapor/")
    policy = policy_on(date(2026, 11, 12))
    for text, _codes in HINTS:
        shown = page.evaluate(
            "async (text) => (await import('/static/kentongan/js/hints.js')).hintsFor(text).map((hint) => hint.title)",
            text,
        )
        assert shown == [hint.title for hint in hints_for(text, policy, language="id")], text
