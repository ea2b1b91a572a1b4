"""E-mails: subject, date and text come out of the limited process; who wrote to whom, and every bomb, stay inside."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.edge.decoding.child import Refused
from kentongan.edge.decoding.letters import decode_letter
from kentongan.edge.problems import Problem
from kentongan.intake.channels.files import FileKind, kind_of
from kentongan.intake.channels.mail import MOST_BYTES, read_letter

PEOPLE = ("Budi Santoso", "budi@kantor.example", "siti@warga.example", "Siti Aminah")
OPTIONS = {"most_parts": 200, "most_depth": 12, "most_letters": 200_000, "most_pictures": 3}


def letter(text: str = "Ada ancaman di Kec. Tegalwuku.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{PEOPLE[0]} <{PEOPLE[1]}>"
    message["To"] = f"{PEOPLE[3]} <{PEOPLE[2]}>"
    message["Subject"] = "Kabar café dari desa"
    message["Date"] = "Thu, 12 Nov 2026 06:51:00 +0700"
    message["Message-ID"] = f"<1@{PEOPLE[1]}>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def test_a_letter_gives_subject_date_and_text_and_no_person() -> None:
    read = read_letter(letter().as_bytes(), filename="surat.eml")
    draft = read.draft
    assert (draft.channel, draft.title, draft.text) == (
        "mail",
        "Kabar café dari desa",
        "Ada ancaman di Kec. Tegalwuku.",
    )
    assert draft.sent_at is not None
    assert draft.sent_at.isoformat() == "2026-11-12T06:51:00+07:00"
    assert not any(person in repr(read) for person in PEOPLE)


def test_a_forwarded_letter_loses_the_names_in_its_text_too() -> None:
    text = (
        "Mohon dicek.\n\n---------- Forwarded message ---------\nDari: Budi Santoso <budi@kantor.example>\n"
        "Date: Rab, 11 Nov 2026\nSubject: Ribut\nKepada: Siti Aminah <siti@warga.example>\n\nAda ribut.\n\n"
        "Pada Sen, 9 Nov 2026, Budi Santoso <budi@kantor.example> menulis:\n> lampu mati\n"
    )
    found = read_letter(letter(text).as_bytes(), filename="surat.eml").draft.text
    assert "Ada ribut." in found
    assert "lampu mati" in found
    assert not any(person in found for person in PEOPLE)


def test_a_letter_of_html_alone_is_reduced_to_its_words() -> None:
    message = letter()
    message.set_content(
        "<html><head><title>x</title><style>p{}</style></head><body><p>Ada <b>ribut</b></p>"
        "<script>alert(1)</script><div>di pasar &amp; alun-alun</div></body></html>",
        subtype="html",
    )
    assert read_letter(message.as_bytes(), filename="a.eml").draft.text == "Ada ribut\n\ndi pasar & alun-alun"


def test_attachments_are_counted_and_pictures_alone_come_along() -> None:
    message = letter()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="surat.pdf")
    for number in range(5):
        message.add_attachment(
            b"\x89PNG" + bytes([number]), maintype="image", subtype="png", filename=f"{number}.png"
        )
    read = read_letter(message.as_bytes(), filename="a.eml")
    assert read.attachments == 6
    assert [picture[-1] for picture in read.pictures] == [0, 1, 2]


def test_the_same_words_saved_twice_are_one_arrival() -> None:
    one = read_letter(letter(X_Mailer="satu").as_bytes(), filename="a.eml")
    two = read_letter(letter(X_Mailer="dua").as_bytes(), filename="b.eml")
    other = read_letter(letter("Lain.").as_bytes(), filename="b.eml")
    assert one.draft.client_id == two.draft.client_id != other.draft.client_id


HEAD = b"From: a@b.example\nSubject: x\n"
NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(150))
BOMBS = {
    "nested parts": (HEAD + NESTED, "edge.letter_too_deep"),
    "nested letters": (HEAD + b"Content-Type: message/rfc822\n\nSubject: y\n" * 150, "edge.letter_too_deep"),
    "ten thousand parts": (
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\nhai\n" * 10_000 + b"--x--\n",
        "edge.letter_too_deep",
    ),
    "ten thousand types": (HEAD + b"Content-Type: text/plain\n" * 10_000, "edge.letter_too_deep"),
    "huge base64": (
        HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"QUFB" * 2_000_000,
        "edge.letter_too_long",
    ),
    "no text": (HEAD + b"\n  \n", "edge.letter_without_text"),
    "no letter": (b"\x00\x01\x02" * 1000, "edge.letter_unreadable"),
    "an archive": (b"PK\x03\x04" + b"a" * 100, "edge.letter_unreadable"),
    "words alone": (b"hanya teks biasa tanpa kepala surat", "edge.letter_unreadable"),
    "too large": (HEAD + b"\n" + b"a" * MOST_BYTES, "intake.mail_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_letter_ends_in_one_sentence(name: str) -> None:
    content, code = BOMBS[name]
    with pytest.raises(Problem) as refused:
        read_letter(content, filename="surat.eml")
    assert refused.value.code == code
    assert refused.value.sentence().endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"Content-Type: text/plain; charset=tak-ada\n\nhalo\n",
        HEAD + b"Content-Type: text/plain; charset=utf-8\n\nhal\xff\xfeo\n",
        HEAD + b"Content-Type: multipart/mixed; boundary=\n\nhalo\n",
        HEAD + b"Content-Transfer-Encoding: base64\n\n!!!!bukan base64 halo!!!!\n",
        b"Subject: =?utf-8?b?///?= =?x?y?z?=\nDate: kapan-kapan\n\nhalo\n",
    ],
)
def test_a_broken_letter_is_read_or_refused_in_words(content: bytes) -> None:
    said = "edge.letter_read"
    try:
        read_letter(content, filename="surat.eml")
    except Problem as problem:
        said = problem.code
    assert said.startswith("edge.letter_")


@settings(max_examples=50)
@given(st.binary(max_size=600))
def test_no_bytes_break_the_decoder(content: bytes) -> None:
    said = "edge.letter_read"
    try:
        decode_letter(b"Subject: x\n" + content, **OPTIONS)
    except Refused as refused:
        said = refused.problem
    assert said.startswith("edge.letter_")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.CSV", FileKind.SHEET),
        ("b.eml", FileKind.LETTER),
        ("c.txt", FileKind.ARTICLE),
        ("d.md", FileKind.ARTICLE),
    ],
)
def test_a_file_is_known_by_the_end_of_its_name(name: str, kind: FileKind) -> None:
    assert kind_of(name) is kind


@pytest.mark.parametrize("name", ["a.jpg", "csv", "", ".csv.exe"])
def test_any_other_file_is_refused_by_name(name: str) -> None:
    with pytest.raises(Problem) as refused:
        kind_of(name)
    assert refused.value.code == "intake.file_kind_unknown"
