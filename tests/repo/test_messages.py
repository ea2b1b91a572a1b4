"""Every Indonesian source string has its English twin, is really Indonesian, and keeps the house's words."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from tools import messages

# Short words that stand in nearly every English sentence and in no Indonesian one.
ENGLISH = {
    *(
        "the",
        "of",
        "and",
        "is",
        "are",
        "not",
        "your",
        "you",
        "this",
        "that",
        "with",
        "from",
        "please",
        "must",
        "has",
    ),
    *(
        "have",
        "was",
        "were",
        "will",
        "been",
        "for",
        "to",
        "by",
        "it",
        "or",
        "on",
        "save",
        "search",
        "close",
        "open",
    ),
    *("delete", "edit", "name", "date", "sign", "page", "report", "event", "alert"),
}
# DESIGN: labels say laporan, tempat, kejadian, kelompok; these name people or blame.
REFUSED = re.compile(r"\b(pelaku|oknum|tersangka|radikal(?:isme)?)\b", re.IGNORECASE)
TEMPLATE = """{% load i18n %}{% translate "Kotak 'masuk'" %}{% trans 'Buka' context "kata kerja" as x %}
{{ _("Halo") }}
{% blocktranslate trimmed with n=a.b %}
  Ada {{ n }} laporan
  baru
{% endblocktranslate %}
{% blocktranslate count n=k trimmed %}{{ n }} tugas{% plural %}{{ n }} tugas semua{% endblocktranslate %}"""
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext
a = _("Satu")
b = ngettext("%(n)s hari", "%(n)s hari semua", 3)
c = str("bukan pesan")
"""


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", messages.PLACEHOLDER.sub(" ", text).lower()))


def test_every_source_string_is_translated_and_nothing_is_obsolete() -> None:
    assert messages.faults() == [], "run: python -m tools.messages update, then fill in the English"


def test_source_strings_are_indonesian() -> None:
    suspicious = [
        message.singular for message in messages.collect() if len(words_of(message.singular) & ENGLISH) >= 2
    ]
    assert suspicious == []


def test_source_strings_name_no_culprits() -> None:
    assert [m.singular for m in messages.collect() if REFUSED.search(m.singular)] == []


def test_indonesian_is_active_by_default() -> None:
    assert settings.LANGUAGE_CODE == "id"
    with translation.override(settings.LANGUAGE_CODE):
        # One string of Django's own and one of the login library, each from its Indonesian catalogue.
        assert translation.gettext("This field is required.") == "Bidang ini tidak boleh kosong."
        assert translation.gettext("Too many failed login attempts. Try again later.") != (
            "Too many failed login attempts. Try again later."
        )


def test_templates_are_read_as_django_asks_for_them() -> None:
    assert list(messages.template_messages(TEMPLATE)) == [
        messages.Message("Kotak 'masuk'"),
        messages.Message("Buka", context="kata kerja"),
        messages.Message("Halo"),
        messages.Message("Ada %(n)s laporan baru"),
        messages.Message("%(n)s tugas", "%(n)s tugas semua"),
    ]


def test_python_is_read_through_its_import_aliases() -> None:
    assert list(messages.python_messages(MODULE)) == [
        messages.Message("Satu"),
        messages.Message("%(n)s hari", "%(n)s hari semua"),
    ]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "page.py").write_text(MODULE, encoding="utf-8")
    messages.update(tmp_path)
    return tmp_path


def fill(package: Path, texts: dict[str, list[str]]) -> None:
    catalogue = messages.read_catalogue(package)
    for entry in catalogue:
        text = texts.get(entry.msgid, [])
        if entry.msgid_plural:
            entry.msgstr_plural = dict(enumerate(text))
        elif text:
            entry.msgstr = text[0]
    catalogue.save()


def test_an_untranslated_string_is_named(package: Path) -> None:
    assert "not translated: 'Satu'" in messages.faults(package)


def test_a_complete_catalogue_has_no_faults(package: Path) -> None:
    fill(package, {"Satu": ["One"], "%(n)s hari": ["one day", "%(n)s days"]})
    assert messages.faults(package) == []


def test_a_lost_placeholder_is_named(package: Path) -> None:
    fill(package, {"Satu": ["One"], "%(n)s hari": ["one day", "days"]})
    assert messages.faults(package) == ["other placeholders: '%(n)s hari'"]


def test_a_string_that_left_the_source_is_obsolete_until_update(package: Path) -> None:
    fill(package, {"Satu": ["One"], "%(n)s hari": ["one day", "%(n)s days"]})
    (package / "page.py").write_text(MODULE.replace("Satu", "Dua"), encoding="utf-8")
    assert "obsolete: 'Satu'" in messages.faults(package)
    messages.update(package)
    assert messages.faults(package) == ["not translated: 'Dua'"]


def test_compiling_makes_what_gettext_reads(package: Path) -> None:
    fill(package, {"Satu": ["One"], "%(n)s hari": ["one day", "%(n)s days"]})
    (compiled,) = messages.compile_catalogues(package)
    with compiled.open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Satu") == "One"
    assert english.ngettext("%(n)s hari", "%(n)s hari semua", 2) == "%(n)s days"
    assert messages.compile_catalogues(package) == []


def test_the_english_catalogue_is_the_one_that_pages_use() -> None:
    with translation.override("en"):
        assert translation.gettext("Kotak Masuk") == "Inbox"
    with translation.override("id"):
        assert translation.gettext("Kotak Masuk") == "Kotak Masuk"
