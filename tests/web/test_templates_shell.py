"""The visual floor: shell, front and problem pages, form parts, marks, style sheets."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string

import kentongan.web
from kentongan.web.templatetags.kentongan_ui import LEVELS, VERIFICATIONS, icon_names

WEB = Path(kentongan.web.__file__).parent
STATIC = WEB / "static" / "kentongan"
TEMPLATES = sorted(
    path.relative_to(WEB / "templates").as_posix() for path in (WEB / "templates").rglob("*.html")
)
RAIL = [
    ("home", "Beranda", "/", None, False, []),
    ("event", "Peristiwa", "/peristiwa/", 1234, True, [("Kejadian", "/kejadian/", 9, False)]),
]
SHELL = {
    "demo": True,
    "clock_text": "Kam 12 Nov 2026, 08.15 WIB",
    "scope_choices": [("Kab. Waluku", "/?wilayah=1", True), ("Kec. Tegalwuku", "/?wilayah=2", False)],
    "search_url": "/cari/",
    "account_name": "Ratna",
    "rail": RAIL,
    "rail_end": [("gear", "Administrasi", "/admin/", None, False, [])],
    "tabs": [("task", "Tugas", "/tugas/", 3, True)],
}


class PlaceForm(forms.Form):
    place = forms.CharField(
        label="Tempat", help_text="Desa atau patokan", widget=forms.TextInput({"placeholder": "x"})
    )
    source = forms.ChoiceField(
        label="Dari mana Anda tahu?", choices=[("s", "Lihat"), ("h", "Dengar")], widget=forms.RadioSelect
    )
    photo = forms.BooleanField(label="Sertakan foto", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(source: str, **values: object) -> str:
    return Template("{% load kentongan_ui kentongan_forms %}" + source).render(Context(values))


def bound_empty_form() -> PlaceForm:
    return PlaceForm({"token": "t"})


def render_fields(form: forms.Form) -> str:
    return draw('{% include "parts/error_summary.html" %}{% include "parts/fields.html" %}', form=form)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_parses(name: str) -> None:
    assert get_template(name) is not None


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_needs_an_exception_from_the_content_policy(name: str) -> None:
    text = (WEB / "templates" / name).read_text(encoding="utf-8")
    assert not re.search(r'\sstyle\s*=\s*["\']', text)
    assert not re.search(r'\son[a-z]+\s*=\s*["\']', text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"<style", text)
    assert not re.search(r'(?:src|href|action)\s*=\s*["\'](?:https?:)?//', text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_icon_that_a_template_names_is_in_the_sprite(name: str) -> None:
    text = (WEB / "templates" / name).read_text(encoding="utf-8")
    named = set(re.findall(r'{% icon "([^"]+)"', text)) | set(re.findall(r'icon_name="([^"]+)"', text))
    assert named <= set(icon_names())


def test_the_shell_marks_the_current_entry_once_and_writes_its_count() -> None:
    html = render_to_string("shell.html", SHELL)
    rail = html[html.index('<nav class="rail"') : html.index("</nav>")]
    assert rail.count('aria-current="page"') == 1
    assert '<span class="n">1.234</span>' in rail


def test_the_current_scope_names_the_menu_that_offers_the_others() -> None:
    html = draw('{% include "parts/scope_menu.html" %}', **SHELL)
    assert '<span class="clip-scope">Kab. Waluku</span>' in html
    assert re.search(r'href="/\?wilayah=2"\s*>\s*Kec\. Tegalwuku', html)


def test_a_single_scope_is_no_menu() -> None:
    html = draw('{% include "parts/scope_menu.html" %}', scope_choices=[("Kab. Waluku", "/", True)])
    assert "<details" not in html


def test_synthetic_data_are_announced_in_the_demo_only() -> None:
    assert "DATA SINTETIS" in render_to_string("shell.html", SHELL)
    assert "DATA SINTETIS" not in render_to_string("shell.html", {**SHELL, "demo": False})


def test_search_is_absent_without_its_address() -> None:
    assert 'role="search"' not in render_to_string("shell.html", {**SHELL, "search_url": ""})


def test_the_chosen_theme_is_written_by_the_server() -> None:
    assert 'data-theme="dark"' in render_to_string("shell.html", {**SHELL, "theme": "dark"})


def test_an_error_links_to_its_control_and_the_control_names_its_error() -> None:
    html = render_fields(bound_empty_form())
    assert '<a href="#id_place">Isi tempat.</a>' in html
    control = re.search(r"<input[^>]*\bid=\"id_place\"[^>]*>", html)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    described = re.search(r'aria-describedby="([^"]+)"', control[0])
    assert described is not None
    assert described[1].split() == ["id_place-err", "id_place-hint"]
    assert all(f'id="{target}"' in html for target in described[1].split())


def test_an_error_of_a_group_links_to_its_first_option() -> None:
    html = render_fields(bound_empty_form())
    assert '<a href="#id_source_0">' in html
    assert 'id="id_source_0"' in html


def test_a_field_without_error_is_not_marked_invalid() -> None:
    html = render_fields(PlaceForm({"place": "Sumberluku", "source": "s"}))
    assert "aria-invalid" not in html
    assert 'role="alert"' not in html


def test_placeholders_are_dropped_because_the_label_says_it() -> None:
    assert "placeholder" not in render_fields(PlaceForm())


def test_hidden_fields_have_no_label() -> None:
    html = render_fields(bound_empty_form())
    assert '<input type="hidden" name="token" value="t" id="id_token">' in html
    assert 'for="id_token"' not in html


def test_relabelling_reaches_summary_and_label() -> None:
    form = bound_empty_form()
    html = draw(
        '{% relabel form.place "Nomor HP" %}{% include "parts/error_summary.html" %}'
        '{% include "parts/field.html" with field=form.place %}',
        form=form,
    )
    assert html.count("Isi nomor HP.") == 2
    assert ">Nomor HP</label>" in html


def test_what_a_person_typed_is_escaped() -> None:
    html = render_fields(PlaceForm({"place": "<b>x</b>", "source": "<i>"}))
    assert "<b>x</b>" not in html
    assert "<i>" not in html


@pytest.mark.parametrize("code", range(4))
def test_a_level_is_shape_and_word(code: int) -> None:
    html = draw("{% level_badge code %}", code=code)
    assert f"#m-{LEVELS[code].shape}" in html
    assert str(LEVELS[code].word) in html


def test_a_level_not_yet_set_is_said_in_words() -> None:
    assert "belum dinilai" in draw("{% level_badge None %}")


@pytest.mark.parametrize("state", VERIFICATIONS)
def test_a_verification_state_is_shape_and_word(state: str) -> None:
    html = draw("{% verification_badge state %}", state=state)
    assert f"#m-{VERIFICATIONS[state].shape}" in html
    assert str(VERIFICATIONS[state].word) in html


def test_unverified_is_written_in_capitals() -> None:
    assert "BELUM TERVERIFIKASI" in draw('{% verification_badge "unverified" %}')


def test_a_grade_carries_words_and_f6_says_that_it_cannot_be_judged() -> None:
    assert "sumber biasanya benar · isi kemungkinan benar" in draw('{% grade_badge "B" "2" %}')
    unjudged = draw('{% grade_badge "F" 6 %}')
    assert "grade--none" in unjudged
    assert "belum dapat dinilai" in unjudged


def test_every_shape_of_a_mark_is_in_the_sprite() -> None:
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    shapes = [*LEVELS, *VERIFICATIONS.values()]
    assert all(f'id="m-{mark.shape}"' in sprite for mark in shapes)


def test_a_problem_page_says_the_sentence_and_the_code() -> None:
    facts = {
        "problem": {"code": "places.region_unknown", "status": 404, "mender": "user"},
        "sentence": "Kode 35.99 tidak ada.",
    }
    html = render_to_string("errors/problem.html", facts)
    assert "Kode 35.99 tidak ada." in html
    assert "places.region_unknown" in html
    assert "Tidak ditemukan" in html


@pytest.mark.parametrize("name", ["errors/500.html", "errors/maintenance.html"])
def test_failure_pages_need_no_context_at_all(name: str) -> None:
    html = render_to_string(name)
    assert "tel:110" in html
    assert "Error" not in html


def test_the_components_page_shows_every_mark_and_icon() -> None:
    html = render_to_string("components.html", SHELL)
    shown = {f"#m-{mark.shape}" for mark in (*LEVELS, *VERIFICATIONS.values())} | {
        f"#i-{name}" for name in icon_names()
    }
    assert all(f'{reference}"' in html for reference in shown)


# --- style sheets


def sheets() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((STATIC / "css").glob("*.css"))}


def test_every_sheet_is_linked_by_the_page_head_or_by_the_pages_it_is_for() -> None:
    linked = {
        name
        for template in (WEB / "templates").rglob("*.html")
        for name in re.findall(r"kentongan/css/([a-z_]+\.css)", template.read_text(encoding="utf-8"))
    }
    assert linked == set(sheets())


def test_styles_and_script_stay_small() -> None:
    head = (WEB / "templates" / "parts" / "head.html").read_text(encoding="utf-8")
    weights = {name: len(gzip.compress(text.encode(), mtime=0)) for name, text in sheets().items()}
    everywhere = {name for name in weights if f"css/{name}" in head}
    assert sum(weights[name] for name in everywhere) < 25_000
    # What a page adds for itself stays small too.
    assert {
        name: weight for name, weight in weights.items() if name not in everywhere and weight > 4_096
    } == {}
    assert (STATIC / "js" / "shell.js").stat().st_size < 4096


def test_styles_ask_nobody_outside() -> None:
    for name, text in sheets().items():
        assert "@import" not in text, name
        assert not re.search(r"url\((?!\"\.\./)", text), name


def test_colours_come_from_the_tokens() -> None:
    others = {name: text for name, text in sheets().items() if name not in ("tokens.css", "print.css")}
    found = {name: re.findall(r"#[0-9a-fA-F]{3,8}\b", text) for name, text in others.items()}
    assert not any(found.values()), found


def token_blocks() -> list[dict[str, str]]:
    """The token sets in order: light, dark by the system, dark by choice."""
    text = re.sub(r"/\*.*?\*/", "", sheets()["tokens.css"], flags=re.DOTALL)
    blocks = [
        dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))
        for body in re.findall(r"\{([^{}]*--paper[^{}]*)\}", text)
    ]
    assert len(blocks) == 3
    return blocks


def test_dark_is_the_same_whether_the_system_or_the_person_asks() -> None:
    _, by_system, by_choice = token_blocks()
    assert by_system == {name: by_choice[name] for name in by_system}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 4.5),
        ("ink-3", "sunken", 4.5),
        ("ink-2", "selected", 4.5),
        ("link", "paper", 4.5),
        ("on-action", "action", 4.5),
        ("on-bar-2", "bar", 4.5),
        ("soga", "soga-soft", 4.5),
        ("lvl-waspada-on", "lvl-waspada", 4.5),
        ("lvl-siaga-on", "lvl-siaga", 4.5),
        ("lvl-awas-on", "lvl-awas", 4.5),
        ("ver-unverified", "ver-unverified-hatch", 4.5),
        ("error", "error-soft", 4.5),
        ("edge", "surface", 3.0),
        ("lvl-waspada-edge", "surface", 3.0),
    ],
)
def test_text_and_edges_stand_out(theme: int, text: str, ground: str, least: float) -> None:
    tokens = token_blocks()[theme]
    assert contrast(tokens[text], tokens[ground]) >= least


def test_unverified_is_hatched_and_dashed_in_grey_print_too() -> None:
    badge = re.search(r"\.ver--unverified \{[^}]*\}", sheets()["badges.css"])
    assert badge is not None
    assert "dashed" in badge[0]
    assert "var(--hatch)" in badge[0]
    assert re.search(r"\.ver--unverified[^{]*\{[^}]*print-color-adjust: exact", sheets()["print.css"])
