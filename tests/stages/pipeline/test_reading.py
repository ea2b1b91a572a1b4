"""Reading files into reports: what is told of a file that cannot be read, what of a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from kentongan.accounts.actors import Actor
from kentongan.edge.problems import Problem
from kentongan.intake.models import Report
from kentongan.pipeline.guessing import suggest_for_report
from kentongan.pipeline.reading import Read, Unreadable, files_in, read_files, store
from tests.flow import articles
from tests.flow.conftest import fresh_gazetteer, story
from tests.stages import chain_world as world
from tests.stages.chain_world import NOW

__all__ = ["fresh_gazetteer", "story"]
pytestmark = pytest.mark.django_db


def test_folders_give_their_texts_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.TXT", "foto.jpg"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in files_in([tmp_path])] == ["a.md", "b.txt", "c.TXT"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "pipeline.file_empty"),
        (b" \n\t", "pipeline.file_empty"),
        (b"PK\x03\x04\x00\x00", "pipeline.not_a_text"),
        (b"a" * 2_000_001, "pipeline.file_too_large"),
        (None, "pipeline.file_unreadable"),
    ],
)
def test_a_file_that_is_no_article_is_told_by_name(
    story: None, tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "berkas.txt"
    if content is not None:
        path.write_bytes(content)
    (outcome,) = read_files([path])
    assert isinstance(outcome, Unreadable)
    assert outcome.problem.code == code
    assert "berkas.txt" in outcome.problem.sentence()


def test_an_old_encoding_is_read_too(story: None, tmp_path: Path) -> None:
    path = tmp_path / "lama.txt"
    path.write_bytes("Café di Waluku dirusak\n\nWaluku - Sebuah kafe dirusak.".encode("latin-1"))
    (outcome,) = read_files([path])
    assert isinstance(outcome, Read)
    assert outcome.reading.title == "Café di Waluku dirusak"


def test_a_copy_names_the_file_it_repeats(story: None, tmp_path: Path) -> None:
    folder = articles.write(tmp_path, a=articles.TUGU, b=articles.TUGU)
    first, second = read_files(list(files_in([folder])))
    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert (first.duplicate_of, second.duplicate_of) == (None, "a.txt")


def test_a_stored_article_is_named_by_its_number_and_stored_once(story: None, tmp_path: Path) -> None:
    folder = articles.write(tmp_path, a=articles.TUGU)
    (read,) = read_files(list(files_in([folder])))
    assert isinstance(read, Read)
    machine, desk = Actor.of_system("ingest"), world.desk().pk
    number, receipt, is_new = store(read, desk=desk, by=machine, at=NOW)
    (again,) = read_files(list(files_in([folder])))
    assert isinstance(again, Read)
    assert (again.duplicate_of, is_new) == (f"LP-{number}", True)
    assert store(again, desk=desk, by=machine, at=NOW) == (number, receipt, False)


def test_a_stored_report_is_read_once_however_often_it_is_asked(story: None) -> None:
    report = world.report(articles.TUGU, area=None)
    assert suggest_for_report(report.pk, at=NOW) > 0
    assert suggest_for_report(report.pk, at=NOW) == 0


def test_without_regions_one_sentence_says_what_to_do(fresh_gazetteer: None, tmp_path: Path) -> None:
    folder = articles.write(tmp_path, a=articles.TUGU, b=articles.TUGU)
    with pytest.raises(Problem) as refused:
        list(read_files(list(files_in([folder]))))
    assert refused.value.code == "pipeline.no_regions"


def test_reading_masks_what_identifies_a_person_and_keeps_the_whole_sealed(
    story: None, tmp_path: Path
) -> None:
    (read,) = read_files([articles.write(tmp_path, a=articles.TUGU) / "a.txt"])
    assert isinstance(read, Read)
    store(read, desk=world.desk().pk, by=Actor.of_system("ingest"), at=NOW)
    report = Report.rows.get()
    assert "0812" not in report.text_masked
    assert b"0812-3456-7890" not in report.raw_sealed.sealed
