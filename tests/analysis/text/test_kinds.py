"""What a text may be about: every rule by its own two sentences, silence on what is lawful, evidence always."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kentongan.analysis.text.kind_words_id import INDONESIAN_KINDS
from kentongan.analysis.text.kinds import (
    SHOWN_FROM,
    HintRule,
    KindReading,
    KindRule,
    KindSuggestion,
    read_kinds,
)
from kentongan.analysis.text.normalise import clean_text
from kentongan.pipeline.demo.arrivals import ARRIVALS
from kentongan.policy import policy_on
from tests.analysis.text.lawful_texts import LAWFUL

POLICY = policy_on(date(2026, 11, 12))
TYPED = [rule for rule in INDONESIAN_KINDS.rules if rule.code]
WORDS = sorted(
    {
        word
        for rule in INDONESIAN_KINDS.rules
        for sentence in (rule.yes, rule.no)
        for word in sentence.replace(".", " .").split()
    }
    | {"tidak", "ada", "sudah", "damai", "demo", "simulasi", "menolak", "\n", "!!", "-", "(", "🙏"}
)


def read(text: str) -> KindReading:
    return read_kinds(clean_text(text), words=INDONESIAN_KINDS)


def type_of(text: str) -> str | None:
    found = read(text).type
    return found.code if found else None


@pytest.mark.parametrize("rule", TYPED, ids=lambda rule: rule.code)
def test_each_rule_finds_its_own_sentence(rule: KindRule) -> None:
    assert type_of(rule.yes) == rule.code


@pytest.mark.parametrize("rule", INDONESIAN_KINDS.rules, ids=lambda rule: f"{rule.code or rule.tile}")
def test_each_rule_leaves_its_harmless_sentence_alone(rule: KindRule) -> None:
    found = read(rule.no)
    assert (found.type, found.tile) == (None, None)


@pytest.mark.parametrize("rule", INDONESIAN_KINDS.hints, ids=lambda rule: rule.code)
def test_each_hint_finds_its_own_sentence_and_names_no_type(rule: HintRule) -> None:
    found = read(rule.yes)
    assert (found.type, found.hint.code if found.hint else "") == (None, rule.code)


@pytest.mark.parametrize("text", LAWFUL)
def test_criticism_protest_labour_and_press_are_given_no_type(text: str) -> None:
    found = read(text)
    assert (found.type, found.tile) == (None, None)


def test_the_lawful_texts_are_many_enough_to_mean_something() -> None:
    assert len(set(LAWFUL)) >= 60


def test_every_leaf_type_of_the_policy_has_a_rule_and_every_rule_a_leaf() -> None:
    assert {rule.code for rule in TYPED} == set(POLICY.event_types)


@pytest.mark.parametrize("rule", INDONESIAN_KINDS.rules, ids=lambda rule: f"{rule.code or rule.tile}")
def test_a_rules_tile_is_one_that_suggests_its_type_wherever_any_does(rule: KindRule) -> None:
    suggesting = {
        code
        for code in POLICY.report_tiles
        if rule.code in {kind.code for kind in POLICY.types_for_tile(code)}
    }
    assert rule.tile in (suggesting or set(POLICY.report_tiles))


def test_every_hint_is_a_code_of_the_policy() -> None:
    assert {rule.code for rule in INDONESIAN_KINDS.hints} <= set(POLICY.not_incidents)


def test_every_list_says_why_it_stands_here() -> None:
    reasons = [group.why for group in INDONESIAN_KINDS.acts.values()]
    reasons += [rule.why for rule in (*INDONESIAN_KINDS.rules, *INDONESIAN_KINDS.hints)]
    assert all(len(reason) > 15 for reason in reasons)


def test_every_act_that_a_rule_asks_for_exists() -> None:
    asked = {name for rule in INDONESIAN_KINDS.rules for name in rule.acts}
    assert asked | INDONESIAN_KINDS.force <= set(INDONESIAN_KINDS.acts)


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("Pemuda dua dusun bentrok di lapangan.", "Tidak ada bentrok pemuda dua dusun di lapangan."),
        ("Pemuda dua dusun tawuran di lapangan.", "Patroli mencegah tawuran pemuda dua dusun."),
        ("Suporter saling lempar batu.", "Simulasi: suporter saling lempar batu."),
    ],
)
def test_what_is_denied_prevented_or_rehearsed_is_no_type(said: str, denied: str) -> None:
    assert type_of(said) is not None
    assert type_of(denied) is None


def test_what_is_settled_weighs_less_than_the_same_still_open() -> None:
    matter = "Tugu perguruan dicoret, pemuda sebelah mau balas, bawa parang."
    still = read(matter).type
    over = read_kinds(f"{matter} Sudah damai.", words=INDONESIAN_KINDS, shown_from=0.1).type
    assert still is not None
    assert over is not None
    assert over.score < SHOWN_FROM <= still.score


def test_a_lawful_protest_that_turns_violent_is_a_type() -> None:
    assert type_of("Demo buruh ricuh, pos satpam dilempari batu dan dibakar.") == "TKP.05"


def test_violence_at_home_is_referred_and_never_typed() -> None:
    found = read("Tetangga saya dipukuli suaminya pakai parang, warga dua dusun ribut.")
    assert (found.type, found.tile) == (None, None)
    assert found.hint is not None
    assert found.hint.code == "domestic_violence"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Kabarnya Sabtu malam mau konvoi", "KEL.02"),
        ("Tiga kontainer surat suara", "INF.01"),
        ("Selebaran soal calon kades", "POL.09"),
        ("Patok batas sawah dipindah", "SDA.01"),
        ("Perangkat desa mendatangi warga", "POL.05"),
        ("Lampu jalan mati", None),
        ("Kamis depan warga akan unjuk rasa", None),
        ("Suara letusan beruntun", None),
    ],
)
def test_the_night_of_the_demo_reads_as_its_people_meant_it(words: str, expected: str | None) -> None:
    (text,) = {arrival.text for arrival in ARRIVALS if arrival.text.startswith(words)}
    assert type_of(text) == expected


def suggestions(found: KindReading) -> list[KindSuggestion]:
    return [one for one in (found.type, found.tile, found.hint) if one is not None]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_nothing_is_said_without_words_of_the_text(text: str) -> None:
    cleaned = clean_text(text)
    for one in suggestions(read_kinds(cleaned, words=INDONESIAN_KINDS)):
        assert one.evidence
        assert all(cleaned[span.start : span.end] == span.text for span in one.evidence)
        assert 0 < one.score <= 0.95


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert read(text) == read(text)


def test_a_very_long_text_is_read_in_reasonable_work() -> None:
    text = clean_text("ada ribut di dekat tugu perguruan dan warga " * 4_000)
    assert read_kinds(text, words=INDONESIAN_KINDS).type is not None
