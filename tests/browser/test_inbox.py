"""The inbox as the officer at 07:45 uses it: ten reports with the keyboard alone, nothing lost, nothing jumped to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BROWSER_MARKS, Visitor
from tests.browser.test_every_page import serious_findings

pytestmark = BROWSER_MARKS


def open_number(page: Page) -> int:
    return int(page.locator("#item").get_attribute("data-number") or 0)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def told(page: Page, words: str) -> int:
    """Wait until the page says what was decided and the next report is open and has the focus; returns its number."""
    expect(page.locator("[data-said]")).to_contain_text(re.compile(words))
    expect(page.locator("#item")).to_be_focused()
    return open_number(page)


def start(visitor: Visitor, query: str = "") -> Page:
    page = visitor.become("Bu Ratna")
    visitor.go(f"/kotak-masuk/{query}")
    page.locator("#item").focus()
    return page


def waiting(page: Page) -> int:
    return int(page.locator(".boards .chip b").first.inner_text())


# One morning of a group chat as it is exported: ten messages about one lane, which nobody else writes about.
CHAT = "\n".join(
    f"12/11/26 05.{10 + number} - Warga: {words} Di gang Kenanga, Desa Sumberluku, Kec. Tegalwuku."
    for number, words in enumerate(
        (
            "Dua kelompok silat saling ancam dan mau bertemu nanti malam.",
            "Ada yang membawa parang dan mengancam pemuda kampung sebelah.",
            "Kelompok yang sama datang lagi, warga takut lewat.",
            "Katanya surat suara sudah dicoblos, tolong sebarkan.",
            "Lampu jalan mati tiga malam, gelap sekali.",
            "Tes tes, abaikan saja pesan ini.",
            "Kabar lama soal perkelahian bulan lalu, sudah selesai.",
            "Nanti saya cek dulu, mungkin hanya kembang api.",
            "Harga cabai naik lagi, bupati harus bertindak.",
            "Ada ribut-ribut, belum jelas siapa.",
        )
    )
)


def paste_ten_messages(visitor: Visitor) -> None:
    """The morning's chat becomes ten reports, placed at the village (part of the entry pages)."""
    page = visitor.go("/laporan/tempel/")
    page.locator("textarea[name=text]").fill(CHAT)
    page.locator("button[value=lihat]").click()
    page.locator("[name=place_all]").fill("99.01.01.2001")
    page.locator("button[value=simpan]").click()
    expect(page.get_by_text(re.compile(r"LP-\d+")).first).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    for _each in range(12):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not within twelve strokes of the Tab key")


def new_event(page: Page) -> None:
    """Type by its digit, threat by its letter, the day by the grey suggestion, and off."""
    press(page, "t", "1", "a", "Space")
    tab_to(page, "#putusan-event [data-fill=happens_on]")
    press(page, "Enter", "Enter")
    told(page, "menjadi PR-")


def test_ten_pasted_reports_are_decided_with_the_keyboard_alone(desk: Visitor) -> None:
    desk.become("Bu Ratna")
    paste_ten_messages(desk)
    page = start(desk, "?cari=Kenanga")
    assert page.locator("#queue [data-number]").count() == 10

    new_event(page)
    new_event(page)
    # Taken back within its seconds, and decided again.
    press(page, "z")
    expect(page.get_by_text("Dibatalkan:")).to_be_visible()
    expect(page.locator("#item")).to_be_focused()
    new_event(page)
    # Attached to one of the events nearby, by its digit.
    press(page, "g", "1", "Enter")
    told(page, "digabung ke PR-")
    press(page, "Shift+K")
    tab_to(page, "#klaim_text")
    page.keyboard.type("Surat suara sudah dicoblos.")
    press(page, "Control+Enter")
    told(page, "menjadi klaim KL-")
    press(page, "r", "3", "Enter")
    told(page, "dirujuk ke")
    press(page, "a", "2", "Enter")
    told(page, "diarsipkan")
    press(page, "a", "6")
    tab_to(page, "#arsip_reason")
    page.keyboard.type("Kabar lama, sudah selesai bulan lalu.")
    press(page, "Control+Enter")
    told(page, "LP-.* diarsipkan")
    press(page, "s", "1", "Enter")
    told(page, "ditunda sampai")
    press(page, "r", "0")
    page.keyboard.type("Bukan urusan kantor ini.")
    press(page, "Control+Enter")
    told(page, "di luar kewenangan")
    press(page, "m", "1", "Control+Enter")
    told(page, "terkirim")

    expect(page.locator("#queue [data-number]")).to_have_count(1)
    assert desk.watch.faults == []


def test_quick_strokes_move_as_many_rows_and_the_next_key_meets_the_last_of_them(desk: Visitor) -> None:
    page = start(desk)
    rows = page.eval_on_selector_all("#queue [data-number]", "rows => rows.map(row => row.dataset.number)")
    press(page, "j", "j", "j", "a")
    expect(page.locator("#item")).to_have_attribute("data-number", rows[3])
    expect(page.locator("#putusan-archive")).to_have_attribute("open", "")
    press(page, "Escape", "k")
    expect(page.locator("#item")).to_have_attribute("data-number", rows[2])
    expect(page.locator(f"#lp-{rows[2]}")).to_have_attribute("aria-current", "true")


def test_a_question_goes_out_and_its_report_stays(desk: Visitor) -> None:
    page = start(desk, "?kanal=form")
    number = open_number(page)
    press(page, "m", "2")
    assert page.locator("#tanya_text").input_value().startswith("Kapan terjadinya?")
    press(page, "Control+Enter")
    told(page, f"LP-{number} terkirim")
    desk.go(f"/kotak-masuk/{number}/")
    expect(page.get_by_text("Kapan terjadinya? Masih berlangsung sekarang?").first).to_be_visible()


def test_a_refused_form_keeps_what_was_typed_and_takes_the_focus(desk: Visitor) -> None:
    page = start(desk)
    press(page, "a", "6", "Enter")
    expect(page.locator("#item [data-error-summary]")).to_be_focused()
    expect(page.locator("#putusan-archive input[value=lain]")).to_be_checked()


def test_single_keys_do_nothing_in_a_field_or_when_switched_off(desk: Visitor) -> None:
    page = start(desk)
    number = open_number(page)
    press(page, "/")
    page.keyboard.type("jatas")
    expect(page.locator("#queue-find")).to_have_value("jatas")
    assert open_number(page) == number
    page.evaluate("() => localStorage.setItem('kentongan-keys-off', '1')")
    page.locator("#item").focus()
    press(page, "a", "1", "x")
    expect(page.locator("details.act[open]")).to_have_count(0)
    page.evaluate("() => localStorage.removeItem('kentongan-keys-off')")


def test_the_keys_are_listed_on_demand(desk: Visitor) -> None:
    page = start(desk)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Tombol pintas Kotak Masuk")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Tombol pintas Kotak Masuk")).to_be_hidden()


def test_selected_reports_are_decided_together(desk: Visitor) -> None:
    page = start(desk, "?urut=baru")
    first = open_number(page)
    press(page, "x", "j")
    expect(page.locator("#item")).not_to_have_attribute("data-number", str(first))
    expect(page.locator("#together-words")).to_contain_text(f"LP-{first}")
    second = open_number(page)
    press(page, "a", "2", "Enter")
    told(page, f"LP-{second} dan 1 lainnya diarsipkan")


def test_what_arrives_is_told_and_never_jumped_to(desk: Visitor, phone: Visitor) -> None:
    page = start(desk)
    number, before = open_number(page), waiting(page)
    page.evaluate("() => document.getElementById('queue').dataset.mark = 'lama'")
    expect(page.locator("#queue:not([data-mark=lama])")).to_be_attached(timeout=15_000)

    assert (open_number(page), waiting(page)) == (number, before)
    expect(page.locator("#item")).to_be_focused()


def test_the_list_leads_to_one_report_at_a_time_on_a_phone(phone: Visitor) -> None:
    page = phone.become("Bu Ratna")
    phone.go("/kotak-masuk/")
    expect(page.locator("#item")).to_be_hidden()
    page.locator("#queue [data-number]").first.click()
    expect(page.locator("#item")).to_be_visible()
    expect(page.locator(".pane--queue")).to_be_hidden()
    page.locator("summary", has_text="Arsip").click()
    expect(page.locator("#putusan-archive form")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    assert serious_findings(phone) == []


@pytest.mark.parametrize("step", ["t", "g", "Shift+K", "m", "v", "r", "a", "s", "e"])
def test_every_form_of_the_bar_is_sound(desk: Visitor, step: str) -> None:
    page = start(desk)
    press(page, step)
    expect(page.locator("details.act[open]")).to_have_count(1)

    assert serious_findings(desk) == []
    assert desk.watch.faults == []


def test_everything_works_without_script(browser: object, server: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{server}/pilih-peran/")
    page.get_by_role("button", name="Bu Ratna").first.click()
    page.goto(f"{server}/kotak-masuk/?urut=baru")
    page.locator("#queue [data-number]").nth(1).click()
    number = page.locator("#item").get_attribute("data-number")
    page.locator("summary", has_text="Arsip").click()
    page.locator("#putusan-archive").get_by_label("Uji coba").check()
    page.locator("#putusan-archive").get_by_role("button").click()
    expect(page.get_by_text(f"LP-{number} diarsipkan.")).to_be_visible()
    page.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_text(f"Dibatalkan: LP-{number} diarsipkan.")).to_be_visible()
    context.close()
