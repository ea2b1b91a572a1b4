"""The sealed model field: loading a row never opens it, and a plain text never gets in."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from kentongan.edge.problems import Problem
from kentongan.edge.sealed_fields import SealedText, SealedTextField, context_of

TEXT = "Nama saya Sari, rumah di Kukusan Wetan"


@pytest.fixture
def note(transactional_db: None) -> Any:
    """A table of its own with one sealed field."""
    with isolate_apps("kentongan.edge"):

        class Note(models.Model):
            raw_sealed = SealedTextField(null=True)

            class Meta:
                app_label = "edge"

        with connection.schema_editor() as editor:
            editor.create_model(Note)
        yield Note
        with connection.schema_editor() as editor:
            editor.delete_model(Note)


def test_a_stored_text_opens_only_when_asked(note: Any) -> None:
    row = note(pk=7)
    row.raw_sealed = SealedText.seal(TEXT, context=context_of(row, "raw_sealed"))
    row.save()
    loaded = note.objects.get(pk=7)
    assert isinstance(loaded.raw_sealed, SealedText)
    assert TEXT not in repr(loaded.raw_sealed) + str(loaded.raw_sealed)
    assert loaded.raw_sealed.open(context=context_of(loaded, "raw_sealed")) == TEXT


def test_the_database_holds_nothing_readable(note: Any) -> None:
    note.objects.create(pk=7, raw_sealed=SealedText.seal(TEXT, context="edge_note:7:raw_sealed"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw_sealed FROM edge_note")
        stored = bytes(cursor.fetchone()[0])
    assert b"Sari" not in stored
    assert b"Kukusan" not in stored


def test_a_sealed_text_moved_to_another_row_stays_shut(note: Any) -> None:
    sealed = SealedText.seal(TEXT, context=context_of(note(pk=7), "raw_sealed"))
    row = note.objects.create(pk=8, raw_sealed=sealed)
    with pytest.raises(Problem) as caught:
        row.raw_sealed.open(context=context_of(row, "raw_sealed"))
    assert caught.value.code == "edge.seal_broken"


@pytest.mark.parametrize("plain", [TEXT, TEXT.encode()])
def test_a_plain_text_cannot_be_stored(note: Any, plain: object) -> None:
    with pytest.raises(TypeError, match="SealedText"):
        note.objects.create(pk=7, raw_sealed=plain)


def test_a_row_without_a_key_has_no_context(note: Any) -> None:
    with pytest.raises(ValueError, match="after it has its key"):
        context_of(note(), "raw_sealed")


def test_an_empty_field_stays_empty(note: Any) -> None:
    note.objects.create(pk=9)
    assert note.objects.get(pk=9).raw_sealed is None


def test_a_text_moves_to_the_new_key_of_the_instance(settings: Any) -> None:
    sealed = SealedText.seal(TEXT, context="t:1:f")
    settings.FIELD_KEYS_OLDER = [settings.FIELD_KEY]
    settings.FIELD_KEY = bytes(32)
    renewed = sealed.rewrapped(context="t:1:f")
    settings.FIELD_KEYS_OLDER = []
    assert renewed.open(context="t:1:f") == TEXT
