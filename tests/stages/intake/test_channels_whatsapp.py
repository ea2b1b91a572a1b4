"""Pasted chats: every layout, every loss told, and no way in which a sender could come through."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.normalise import clean_text
from kentongan.edge.problems import Problem
from kentongan.intake.channels.whatsapp import MOST_LETTERS, MOST_MESSAGES, DateOrder, Message, read_chat

NAME = "Pak Wiryo Sentosa"


def texts(pasted: str) -> list[str]:
    return [message.text for message in read_chat(pasted).messages]


@pytest.mark.parametrize(
    "head",
    [
        f"12/11/26 06.51 - {NAME}: ",
        f"12/11/2026, 06:51 - {NAME}: ",
        f"12/11/26, 6:51\u202fAM - {NAME}: ",
        f"[12/11/26, 06.51.03] {NAME}: ",
        f"\u200e[12/11/26 06.51.03] ~ {NAME}: ",
        f"[06.51, 12/11/2026] {NAME}: ",
        f"[12/11 06.51] {NAME}: ",
        f"2026-11-12 06:51 - {NAME}: ",
        "[12/11/26, 06.51.03] +62 812-3456-7890: ",
    ],
)
def test_the_layouts_of_all_phones_give_the_words_alone(head: str) -> None:
    assert texts(f"{head}Ada ribut.\nBaris kedua: jam 7\n\nBaris keempat\n{head}Pesan lain") == [
        "Ada ribut.\nBaris kedua: jam 7\n\nBaris keempat",
        "Pesan lain",
    ]


def test_a_message_has_no_place_for_a_sender() -> None:
    assert {each.name for each in fields(Message)} == {
        "text",
        "line",
        "written",
        "sent",
        "forwarded",
        "media",
    }


@given(
    st.text(alphabet="abcdefghij KLMN.,'", min_size=3, max_size=30).filter(lambda name: len(name.strip()) > 2)
)
def test_no_name_before_a_message_comes_through(name: str) -> None:
    mark = f"zq{name.strip()}zq"
    for head in (f"12/11/26 06.51 - {mark}: ", f"[12/11/26, 06.51.03] {mark}: "):
        chat = read_chat(f"{head}isi pesan")
        assert texts(f"{head}isi pesan") == ["isi pesan"]
        assert mark not in repr(chat)


def test_a_text_without_stamps_is_one_message() -> None:
    assert texts("Ada ribut di simpang.\n\nTolong dicek: jam 7") == [
        "Ada ribut di simpang.\n\nTolong dicek: jam 7"
    ]


def test_what_the_app_writes_itself_is_counted_and_not_shown() -> None:
    chat = read_chat(
        "12/11/26 06.50 - Pesan dan panggilan dienkripsi secara end-to-end.\n"
        f"12/11/26 06.50 - {NAME} menambahkan +62 812-3456-7890\n"
        f"12/11/26 06.50 - {NAME} mengubah subjek dari “A: b” menjadi “C”\n"
        f"12/11/26 06.51 - {NAME}: Pesan ini dihapus\n"
        f"12/11/26 06.52 - {NAME}: <Media tidak disertakan>\n"
        f"12/11/26 06.53 - {NAME}: IMG-20261112-WA0001.jpg (file terlampir)\nfoto tugu dicoret\n"
    )
    assert [message.text for message in chat.messages] == ["foto tugu dicoret"]
    assert (chat.notices, chat.only_media, chat.unread) == (4, 1, ())
    assert chat.messages[0].media == 1
    assert NAME not in repr(chat)


def test_lines_that_belong_to_nothing_are_told_with_their_numbers() -> None:
    chat = read_chat(f"judul\n\n12/11/26 06.51 - {NAME}: satu\n12/11/26 06.52 - kalimat tanpa nama\n")
    assert [(line.line, line.text) for line in chat.unread] == [
        (1, "judul"),
        (4, "12/11/26 06.52 - kalimat tanpa nama"),
    ]


@given(
    st.lists(
        st.sampled_from(["12/11/26 06.51 - A: satu", "lepas", "", "[12/11/26, 06.51.03] B: dua", "x: y"]),
        min_size=1,
        max_size=12,
    )
)
def test_no_line_is_lost(lines: list[str]) -> None:
    pasted = "\n".join(lines)
    if not clean_text(pasted):
        return
    chat = read_chat(pasted)
    kept = "\n".join([message.text for message in chat.messages] + [line.text for line in chat.unread])
    for word in ("lepas", "satu", "dua", "x: y"):
        assert kept.count(word) == pasted.count(word)


@pytest.mark.parametrize(
    ("text", "forwarded", "left"),
    [
        ("Diteruskan\nINFO A1 sebarkan", True, "INFO A1 sebarkan"),
        ("*Diteruskan berkali-kali*\n\nINFO", True, "INFO"),
        ("Forwarded many times\nINFO", True, "INFO"),
        ("Copas dari grup sebelah: ada ribut", True, "Copas dari grup sebelah: ada ribut"),
        ("Surat itu diteruskan ke camat", False, "Surat itu diteruskan ke camat"),
    ],
)
def test_a_forwarded_message_is_marked(text: str, forwarded: bool, left: str) -> None:
    (message,) = read_chat(text).messages
    assert (message.forwarded, message.text) == (forwarded, left)


def stamps(*dates: str) -> str:
    return "\n".join(f"{date} 06.51 - A: pesan {number}" for number, date in enumerate(dates))


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (("12/11/26",), DateOrder.UNPROVEN),
        (("12/11/26", "12/11/26"), DateOrder.UNPROVEN),
        (("12/11/26", "13/11/26"), DateOrder.DAY_FIRST),
        (("11/12/26", "11/13/26"), DateOrder.MONTH_FIRST),
        (("12/11/26", "01/12/26"), DateOrder.DAY_FIRST),  # the other way round time would run backwards
        (("11/12/26", "12/01/26"), DateOrder.MONTH_FIRST),
        (("13/11/26", "11/13/26"), DateOrder.UNPROVEN),  # two exports in one paste
    ],
)
def test_the_order_of_day_and_month_is_proven_by_the_text_or_stays_open(
    dates: tuple[str, ...], order: DateOrder
) -> None:
    chat = read_chat(stamps(*dates))
    assert chat.order is order


def test_an_open_date_keeps_both_readings_and_a_proven_one_a_single() -> None:
    (message,) = read_chat(stamps("12/11/26")).messages
    assert message.sent == (datetime(2026, 11, 12, 6, 51), datetime(2026, 12, 11, 6, 51))
    assert message.is_date_open
    first, _ = read_chat(stamps("12/11/26", "13/11/26")).messages
    assert first.sent == (datetime(2026, 11, 12, 6, 51),)


def test_hours_of_two_halves_are_told_apart() -> None:
    chat = read_chat("11/13/26, 12:05 AM - A: a\n11/13/26, 6:51 PM - A: b")
    assert [message.sent[0].hour for message in chat.messages] == [0, 18]


def test_a_day_that_does_not_exist_is_no_day() -> None:
    (message,) = read_chat("31/02/26 06.51 - A: pesan").messages
    assert message.sent == ()


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("", "intake.paste_empty"),
        ("\u200b\u202e \n", "intake.paste_empty"),
        ("a" * (MOST_LETTERS + 1), "intake.paste_too_long"),
        ("12/11/26 06.51 - A: x\n" * (MOST_MESSAGES + 1), "intake.paste_too_many"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(pasted: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        read_chat(pasted)
    assert refused.value.code == code


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(pasted: str) -> None:
    said = ""
    try:
        read_chat(pasted)
    except Problem as problem:
        said = problem.code
    assert said in {"", "intake.paste_empty"}


def test_a_crafted_line_does_not_make_the_reader_wander() -> None:
    assert len(texts("[" * 50_000 + "12/11/26 " * 5_000)) == 1
