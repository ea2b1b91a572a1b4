"""The main job as its people do it: a report becomes an event, a verdict, an alert, an acknowledgement, an outcome."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.conftest import BROWSER_MARKS, Visitor

pytestmark = BROWSER_MARKS


def open_first_waiting_report(visitor: Visitor, words: str) -> None:
    visitor.go("/kotak-masuk/")
    visitor.page.locator("#queue").get_by_role("link", name=words).first.click()
    # The panes are swapped, not the page: wait until the report is the open one.
    expect(visitor.page.locator("#item blockquote")).to_contain_text(words)


def unfold(visitor: Visitor, step: str) -> Locator:
    """Open one of the folded steps of a dossier; returns its form."""
    fold = visitor.page.locator("details", has=visitor.page.get_by_text(step, exact=True)).last
    fold.locator("summary").click()
    return fold.locator("form")


def make_event(visitor: Visitor) -> str:
    """A person decides what a report is; returns the address of the dossier."""
    page = visitor.page
    open_first_waiting_report(visitor, "Mediasi Batas Lahan")
    form = new_event_form(visitor)
    form.get_by_label("potensi", exact=True).check()
    form.get_by_label("Jenis lain").select_option("SDA.01")
    form.get_by_label("ancaman/intimidasi").check()
    form.get_by_label("Tempat", exact=True).fill("99.01.03")
    form.get_by_label("Tanggal", exact=True).fill("2026-11-10")
    form.get_by_label("Ringkasan").fill("Saling ancam soal patok batas; menunggu ukur ulang.")
    form.get_by_role("button", name="Jadikan peristiwa").click()
    page.locator("[data-toast]").get_by_role("link", name="Buka").click()
    page.wait_for_url("**/peristiwa/*/")
    expect(page.get_by_text("BELUM TERVERIFIKASI").first).to_be_visible()
    return page.url.split("#")[0]


def new_event_form(visitor: Visitor) -> Locator:
    """Open the compact form of a new event under the report."""
    visitor.page.locator("#putusan-event > summary").click()
    return visitor.page.locator("#putusan-event form")


def check_what_the_verdict_needs(visitor: Visitor, dossier: str) -> None:
    """Place, time and happening are looked at before anybody concludes."""
    for item, found in {
        "tempat": "Patok di batas dua dusun, dilihat petugas.",
        "waktu": "Sejak 10 November, kata dua pihak.",
        "kejadian": "Saling ancam didengar petugas kecamatan.",
    }.items():
        visitor.page.goto(f"{dossier}periksa/")
        line = visitor.page.locator(f"#butir-{item}")
        line.locator("summary").click()
        line.locator("[name$=status][value=proven]").check()
        line.locator("[name$=finding]").fill(found)
        line.get_by_role("button", name="Simpan butir").click()
        expect(visitor.page.locator(f"#butir-{item}")).to_contain_text(found)


def conclude(visitor: Visitor, dossier: str) -> None:
    """Content is graded before source; the verdict carries its reason."""
    check_what_the_verdict_needs(visitor, dossier)
    form = visitor.page.locator("#nilai-baru form")
    form.locator("[name=content_grade][value='2']").check()
    form.locator(".source-fold > summary").click()
    form.locator("[name=source_grade][value=B]").check()
    form.locator("[name=verdict][value=verified]").check()
    form.locator("[name=reason]").fill("Dua pihak membenarkan di depan camat.")
    form.get_by_role("button", name="Simpulkan").click()
    visitor.page.goto(dossier)
    expect(visitor.page.get_by_text("BELUM TERVERIFIKASI")).to_have_count(0)


def warn(visitor: Visitor) -> str:
    """Propose an alert and confirm it; returns its address."""
    form = unfold(visitor, "Usulkan peringatan")
    form.get_by_label("Waspada").check()
    for name, words in {
        "message": "Potensi gesekan batas lahan di Banyupanjer.",
        "reason": "Ancaman terucap di lokasi.",
        "first_action": "Kecamatan menemui kedua dusun sore ini.",
        "playbook": "Agraria: mediasi dan ukur ulang",
        "hours": "48",
        "least_intrusive": "Mediasi lebih dulu.",
        "rights_affected": "tidak ada",
    }.items():
        form.locator(f"[name={name}]").fill(words)
    form.locator("[name=owner]").select_option(label="Kesbangpol Waluku")
    form.get_by_label("Kec. Banyupanjer").check()
    form.get_by_label("Polres Waluku Kota").check()
    form.get_by_role("button").click()
    visitor.go("/peringatan/")
    visitor.page.get_by_role("link", name="Lahan antarwarga").first.click()
    visitor.page.get_by_role("button", name="Setujui").click()
    expect(visitor.page.get_by_text("bukan penetapan status keadaan konflik").first).to_be_visible()
    return visitor.page.url.split("#")[0]


def give_and_do_a_task(visitor: Visitor) -> None:
    page = visitor.page
    form = unfold(visitor, "Buat tindak lanjut")
    form.locator("[name=what]").fill("Dampingi ukur ulang.")
    form.locator("[name=measure]").select_option("2")
    form.locator("[name=agency]").select_option(label="Kesbangpol Waluku")
    form.locator("[name=due_at]").fill("2026-11-20T10:00")
    form.get_by_role("button").click()
    visitor.go("/tindak-lanjut/")
    page.get_by_role("link", name="Dampingi ukur ulang.").first.click()
    page.get_by_role("button", name="Terima tugas").click()
    page.locator("[name=result]").fill("Ukur ulang selesai, kedua pihak hadir.")
    page.get_by_role("button", name="Selesai, kirim hasil").click()
    expect(page.get_by_text("Ukur ulang selesai, kedua pihak hadir.").first).to_be_visible()


def record_the_outcome(visitor: Visitor) -> None:
    form = unfold(visitor, "Catat hasil akhir")
    form.locator("[name=occurred][value=tidak]").check()
    form.locator("[name=spread][value=tidak]").check()
    form.locator("[name=why]").fill("Mediasi berhasil.")
    form.get_by_role("button").click()
    expect(visitor.page.get_by_text("Mediasi berhasil.").first).to_be_visible()


def test_a_report_is_taken_from_the_inbox_to_its_outcome(desk: Visitor) -> None:
    page = desk.become("Bu Ratna")
    dossier = make_event(desk)
    conclude(desk, dossier)
    alert = warn(desk)

    # An agency that is not named never sees the alert, not even that it exists.
    desk.become("AKP Polres")
    answer = page.goto(alert)
    assert answer is not None
    assert answer.status == 404

    desk.become("Bu Ratna")
    page.goto(dossier)
    give_and_do_a_task(desk)
    page.goto(dossier)
    record_the_outcome(desk)

    desk.go("/laporan/")
    page.get_by_role("button", name="Susun laporan harian").click()
    page.wait_for_url("**/laporan/*/")
    # The day already has a draft: its figures stay as they were frozen until somebody reads them again.
    page.get_by_role("button", name="Segarkan angka").click()
    expect(page.get_by_text("Lahan antarwarga dan ulayat").first).to_be_visible()
    expect(page.get_by_text("tidak terjadi, tidak meluas").first).to_be_visible()


def test_a_named_agency_acknowledges_from_a_phone(phone: Visitor) -> None:
    page = phone.become("Pak Kades")
    expect(page.get_by_role("link", name="Potensi bentrok antarkelompok")).to_be_visible()

    page.get_by_role("button", name="Saya terima").first.click()

    expect(page.get_by_text("Diterima. Terima kasih.").first).to_be_visible()


def test_peaceful_protest_is_explained_and_kept_out_of_the_events(desk: Visitor) -> None:
    page = desk.become("Bu Ratna")
    open_first_waiting_report(desk, "Mahasiswa Sampaikan Kritik")
    form = new_event_form(desk)
    form.get_by_label("kejadian", exact=True).check()
    form.get_by_label("Jenis lain").select_option("TKP.01")
    form.get_by_label("unjuk rasa damai").check()
    form.get_by_label("Tempat", exact=True).fill("99.01")
    form.get_by_label("Tanggal", exact=True).fill("2026-11-09")
    form.get_by_label("Ringkasan").fill("Kritik anggaran, tertib.")
    form.get_by_role("button", name="Jadikan peristiwa").click()

    expect(page.get_by_text("Belum menjadi peristiwa").first).to_be_visible()
    assert form.get_by_label("Ringkasan").input_value() == "Kritik anggaran, tertib."


def test_the_chain_works_with_the_keyboard_and_without_a_mouse(desk: Visitor) -> None:
    page = desk.become("Bu Ratna")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    # The jump happens a moment after the key: wait for it, then hold it.
    page.wait_for_url("**/beranda/#isi")
    assert page.url.endswith("#isi")
