"""The life of a product: draft, review, signature, dispatch, receipts, addendum; every step by the right person."""

from __future__ import annotations

import io
from datetime import date
from itertools import product as pairs

import docx
import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from kentongan.accounts.permissions import Permission
from kentongan.documents.actions import (
    confirm_receipt,
    draft_addendum,
    edit_texts,
    refresh_figures,
    render_product,
    return_product,
    review_product,
    send_product,
    set_layout,
    sign_product,
)
from kentongan.documents.decisions import Layout
from kentongan.documents.models import NumberSeries, OfficeLayout, Product, ProductFile
from kentongan.documents.queries import (
    bytes_of,
    code_of,
    file_name,
    files_of,
    is_genuine,
    kept_product_files,
    products_in,
)
from kentongan.documents.rendering import product as product_files
from tests import people
from tests.stages import chain_world as world
from tests.stages.chain_world import HOUR, NOW, refused

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR
STATES = ("drafting", "reviewed", "signed", "sent", "received")
STEPS = {
    "edit": lambda number: edit_texts(number, {"saran": "x"}, label=1, by=world.ratna(), at=LATER),
    "refresh": lambda number: refresh_figures(number, by=world.ratna(), at=LATER),
    "review": lambda number: review_product(number, by=world.budi(), at=LATER),
    "return": lambda number: return_product(number, comment="Perbaiki", by=world.budi(), at=LATER),
    "sign": lambda number: sign_product(number, by=world.budi(), at=LATER),
    "send": lambda number: send_product(number, to=["Bupati"], by=world.ratna(), at=LATER),
}
ALLOWED = {
    ("drafting", "edit"): "drafting",
    ("drafting", "refresh"): "drafting",
    ("drafting", "review"): "reviewed",
    ("drafting", "return"): "drafting",
    ("reviewed", "return"): "drafting",
    ("reviewed", "sign"): "signed",
    ("signed", "send"): "sent",
    ("sent", "send"): "sent",
}


def in_state(state: str) -> Product:
    made = world.drafted_daily()
    if state != "drafting":
        review_product(made.pk, by=world.budi(), at=NOW)
    if state in ("signed", "sent", "received"):
        sign_product(made.pk, by=world.budi(), at=NOW)
    if state in ("sent", "received"):
        send_product(made.pk, to=["Sekda"], by=world.ratna(), at=NOW)
    if state == "received":
        row = made.deliveries.get()
        confirm_receipt(made.pk, delivery=row.pk, by=world.ratna(), at=NOW)
    stored: Product = Product.rows.get(pk=made.pk)
    assert stored.state == state
    return stored


@pytest.mark.parametrize(("state", "step"), list(pairs(STATES, STEPS)))
def test_the_whole_table_of_states_and_steps(state: str, step: str) -> None:
    number = in_state(state).pk
    if (state, step) in ALLOWED:
        STEPS[step](number)
        assert Product.rows.get(pk=number).state == ALLOWED[state, step]
        return
    code = "documents.not_a_draft" if step in ("edit", "refresh") else "documents.move_refused"
    with refused(code):
        STEPS[step](number)
    assert Product.rows.get(pk=number).state == state


def test_two_clicks_on_the_same_day_open_one_draft() -> None:
    assert world.drafted_daily().pk == world.drafted_daily().pk


def test_nobody_reviews_what_they_wrote_or_edited() -> None:
    made = world.drafted_daily()
    with refused("documents.own_review"):
        review_product(made.pk, by=world.ratna(), at=NOW)
    edit_texts(made.pk, {"saran": "x"}, label=1, by=world.budi(), at=NOW)
    with refused("documents.own_review"):
        review_product(made.pk, by=world.budi(), at=NOW)


def test_only_who_may_sign_signs() -> None:
    made = in_state("reviewed")
    for who in (world.ratna(), people.actor(people.person("pimpinan")), world.alya()):
        with refused("accounts.not_permitted"):
            sign_product(made.pk, by=who, at=NOW)


def test_a_draft_goes_back_with_words_only() -> None:
    made = in_state("reviewed")
    with refused("documents.comment_missing"):
        return_product(made.pk, comment="  ", by=world.budi(), at=NOW)
    assert return_product(made.pk, comment="Ringkas", by=world.budi(), at=NOW).comment == "Ringkas"


def test_a_draft_is_hidden_from_readers_and_a_signed_report_is_not() -> None:
    leader = people.actor(people.person("pimpinan")).scope_for(Permission.DOCUMENT_READ)
    in_state("reviewed")
    assert not products_in(leader).exists()
    sign_product(Product.rows.get().pk, by=world.budi(), at=NOW)
    assert products_in(leader).count() == 1


# --- figures are locked, texts are not


def test_figures_of_a_draft_stay_until_they_are_read_again() -> None:
    made = world.drafted_daily()
    world.report()
    assert edit_texts(made.pk, {"saran": "x"}, label=1, by=world.ratna(), at=LATER).figures["reports"] == 0
    again = refresh_figures(made.pk, by=world.ratna(), at=LATER)
    assert (again.figures["reports"], again.cut_off) == (1, LATER)


@pytest.mark.parametrize(
    ("texts", "label", "code"),
    [
        ({"situasi_palsu": "x"}, 1, "documents.section_unknown"),
        ({"saran": "x" * 8001}, 1, "documents.text_too_long"),
        ({"saran": "x"}, 9, "documents.label_unknown"),
    ],
)
def test_nothing_but_the_texts_can_be_written(texts: dict[str, str], label: int, code: str) -> None:
    made = world.drafted_daily()
    with refused(code):
        edit_texts(made.pk, texts, label=label, by=world.ratna(), at=NOW)


def test_a_signed_row_without_its_hash_is_not_stored() -> None:
    made = world.drafted_daily()
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.rows.filter(pk=made.pk).update(state="signed")


# --- numbers


def test_serials_follow_one_another_and_a_year_starts_at_one() -> None:
    first = world.signed_daily(day=date(2026, 11, 11))
    second = world.signed_daily(day=date(2026, 11, 12))
    assert [first.number.split("/")[0], second.number.split("/")[0]] == ["1", "2"]
    assert first.number.endswith("/XI/2026")
    assert NumberSeries.objects.get().last == 2


def test_a_signature_that_fails_gives_its_serial_back() -> None:
    made = in_state("reviewed")
    with transaction.atomic():
        sign_product(made.pk, by=world.budi(), at=NOW)
        transaction.set_rollback(True)
    assert sign_product(made.pk, by=world.budi(), at=NOW).number.startswith("1/")


def test_the_pattern_of_the_office_holds_from_its_day() -> None:
    layout = Layout("Pemerintah", "Kantor Uji", "KU", number_pattern="{kantor}-{no}-{tahun}")
    set_layout(world.desk().pk, layout, valid_from=date(2026, 11, 12), by=world.budi(), at=NOW)
    assert world.signed_daily().number == "KU-1-2026"


# --- the late event


def test_a_late_event_becomes_an_addendum_and_the_original_stays() -> None:
    original = world.signed_daily()
    late = world.event(verdict="verified", at=LATER)
    made = draft_addendum(original.pk, by=world.ratna(), at=LATER + HOUR)
    review_product(made.pk, by=world.budi(), at=LATER)
    signed = sign_product(made.pk, by=world.budi(), at=LATER)
    assert signed.number == original.number.replace("1/", "1.A1/", 1)
    assert late.number in signed.text
    assert f"Adendum atas nomor {original.number}" in signed.text
    stored = Product.rows.get(pk=original.pk)
    assert (stored.text, stored.content_hash) == (original.text, original.content_hash)
    with refused("documents.nothing_late"):
        draft_addendum(original.pk, by=world.ratna(), at=LATER + HOUR)


def test_there_is_no_addendum_without_something_late_or_to_a_draft() -> None:
    made = in_state("reviewed")
    with refused("documents.no_addendum"):
        draft_addendum(made.pk, by=world.ratna(), at=NOW)
    sign_product(Product.rows.get().pk, by=world.budi(), at=NOW)
    with refused("documents.nothing_late"):
        draft_addendum(Product.rows.get().pk, by=world.ratna(), at=NOW)


# --- files


def words_of(content: bytes, form: str) -> str:
    if form == "pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if form == "docx":
        opened = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in opened.paragraphs), *cells])
    return content.decode()


def test_the_worker_makes_three_files_once_and_keeps_their_hashes() -> None:
    unverified, confirmed = world.event(), world.event(verdict="verified", type_code="KEL.02")
    signed = world.signed_daily(at=LATER)
    files = render_product(signed.pk, at=LATER)
    again = render_product(signed.pk, at=LATER)
    assert [file.sha256 for file in files] == [file.sha256 for file in again]
    assert ProductFile.objects.count() == 3
    assert set(kept_product_files()) == {file.stored for file in files}
    for form, file in files_of(signed).items():
        told = words_of(bytes_of(file), form)
        flat = " ".join(told.split())
        assert confirmed.number in flat
        before = flat[: flat.index(unverified.number)]
        assert "BELUM TERVERIFIKASI" in before
        assert signed.number in flat
        assert code_of(signed) in flat


def test_the_same_renderer_makes_the_same_bytes_again() -> None:
    signed = world.signed_daily()
    kept = {file.form: bytes_of(file) for file in render_product(signed.pk, at=NOW)}
    stored = Product.rows.get(pk=signed.pk)
    assert product_files.rendered(stored, word_template=None, again=False) == kept


def test_another_renderer_makes_the_same_figures_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = world.signed_daily()
    render_product(signed.pk, at=NOW)
    first = {form: file.sha256 for form, file in files_of(signed).items()}
    for module in ("kentongan.documents.actions.files", "kentongan.documents.rendering.product"):
        monkeypatch.setattr(f"{module}.renderer_version", lambda: "versi-lain")
    made = render_product(signed.pk, at=NOW)
    assert all("dirender ulang" in words_of(bytes_of(file), file.form) for file in made)
    assert {form: file.sha256 for form, file in files_of(signed).items()} == first


def test_a_draft_has_no_files() -> None:
    made = world.drafted_daily()
    with refused("documents.not_signed"):
        render_product(made.pk, at=NOW)


def test_a_file_is_named_by_product_office_region_day_and_edition() -> None:
    assert file_name(world.signed_daily(), "pdf").endswith("_99.01_2026-11-12_v1.pdf")


def test_a_printed_code_is_known_and_a_changed_one_is_not() -> None:
    signed = world.signed_daily()
    assert is_genuine(signed.number, code_of(signed))
    assert is_genuine(f" {signed.number} ", code_of(signed).replace("-", " ").lower())
    assert not is_genuine(signed.number, "0000-0000-0000-0000")
    assert not is_genuine(signed.number, "")
    assert not is_genuine("9/LSD/X/XI/2026", code_of(signed))


# --- sending


def test_it_counts_as_received_when_all_have_it() -> None:
    signed = world.signed_daily()
    send_product(signed.pk, to=["Bupati", " Bupati ", "Sekda", ""], by=world.ratna(), at=NOW)
    first, second = signed.deliveries.order_by("to")
    assert confirm_receipt(signed.pk, delivery=first.pk, by=world.ratna(), at=NOW).state == "sent"
    assert confirm_receipt(signed.pk, delivery=second.pk, by=world.ratna(), at=LATER).state == "received"


def test_an_empty_list_sends_nothing() -> None:
    signed = world.signed_daily()
    with refused("documents.addressees_wrong"):
        send_product(signed.pk, to=[" "], by=world.ratna(), at=NOW)


# --- layout


def test_layouts_are_added_and_never_changed() -> None:
    office, layout = world.desk().pk, Layout("Pemerintah", "Kantor Uji", "KU")
    set_layout(office, layout, valid_from=date(2026, 11, 1), by=world.budi(), at=NOW)
    set_layout(office, layout, valid_from=date(2026, 11, 2), by=world.budi(), at=NOW)
    assert OfficeLayout.objects.count() == 2
    assert world.signed_daily().content["letterhead"]["office"] == "Kantor Uji"


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        (Layout("", "", "KU"), "documents.head_missing"),
        (Layout("", "x" * 161, "KU"), "documents.head_too_long"),
        (Layout("", "K", "KU", number_pattern="{no}"), "documents.pattern_incomplete"),
        (Layout("", "K", "KU", number_pattern="{x}"), "documents.pattern_unreadable"),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused(layout: Layout, code: str) -> None:
    with refused(code):
        set_layout(world.desk().pk, layout, valid_from=date(2026, 11, 1), by=world.budi(), at=NOW)


def test_only_signatories_of_the_office_change_its_layout() -> None:
    layout = Layout("", "K", "KU")
    with refused("accounts.not_permitted"):
        set_layout(world.desk().pk, layout, valid_from=date(2026, 11, 1), by=world.ratna(), at=NOW)
    with refused("documents.not_your_office"):
        set_layout(world.polres().pk, layout, valid_from=date(2026, 11, 1), by=world.budi(), at=NOW)
