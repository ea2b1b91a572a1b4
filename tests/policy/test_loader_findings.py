"""A planted fault in a policy file is found, and the message names file, key, value and next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kentongan.policy import PolicyError, load_policy
from tests.policy.planting import Tree, copy_policy, entry, plant

Change = Callable[[Tree], object]


def rule(tree: Tree, table: str, key: str) -> Tree:
    """The value of a dated table at its first date."""
    found: Tree = next(iter(tree[table][key]["values"].values()))
    return found


def at_first_date(tree: Tree, key: str) -> Any:
    """The value of a table that stands alone in its file."""
    found: Any = next(iter(tree[key]["values"].values()))
    return found


def retire(tree: Tree, code: str, **more: object) -> None:
    entry(tree, "types", code).update(valid_to=date(2027, 12, 31), **more)


def retire_both(tree: Tree, one: str, other: str) -> None:
    """Two codes that name each other."""
    retire(tree, one, successor=other)
    retire(tree, other, successor=one)


# what is planted · file · change · what the message must say
FAULTS: list[tuple[str, str, Change, list[str]]] = [
    (
        "a code given twice",
        "taxonomy.yaml",
        lambda t: t["types"].append(dict(t["types"][0])),
        ["types.POL.01", "The code is taken"],
    ),
    (
        "a facet code given twice",
        "facets/form.yaml",
        lambda t: t["codes"].append(dict(t["codes"][0])),
        ["facets/form.yaml", "codes.F01", "taken"],
    ),
    (
        "a retired code without successor",
        "taxonomy.yaml",
        lambda t: retire(t, "POL.03"),
        ["types.POL.03.successor", "Name the successor"],
    ),
    (
        "a retired code with successor and reason",
        "taxonomy.yaml",
        lambda t: retire(t, "POL.03", successor="POL.08", no_successor="unused"),
        ["POL.03.successor", "one of both"],
    ),
    (
        "a successor that does not exist",
        "taxonomy.yaml",
        lambda t: retire(t, "POL.03", successor="POL.99"),
        ["'POL.99'", "in force the day after"],
    ),
    (
        "a successor that is itself retired",
        "taxonomy.yaml",
        lambda t: retire_both(t, "POL.03", "POL.08"),
        ["POL.03.successor", "POL.08.successor"],
    ),
    (
        "a successor without a last day",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.03").update(successor="POL.08"),
        ["POL.03.valid_to", "Give the last day"],
    ),
    (
        "an end before the beginning",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.03").update(valid_to=date(2001, 1, 1), no_successor="never used"),
        ["POL.03.valid_to", "ends before it begins"],
    ),
    (
        "an unknown code in the tile map",
        "report_tiles.yaml",
        lambda t: t["codes"][0]["suggests"].append("KEL.77"),
        ["codes.massa_bentrok.suggests", "'KEL.77'", "taxonomy.yaml"],
    ),
    (
        "an unknown class in the tile map",
        "report_tiles.yaml",
        lambda t: t["codes"][0]["suggests"].append("XYZ.*"),
        ["'XYZ.*'"],
    ),
    (
        "a label without English",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.01")["label"].pop("en"),
        ["types[0].label.en", "Add this key"],
    ),
    (
        "an empty label",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.01")["label"].update(en=""),
        ["types[0].label.en", "may not be empty"],
    ),
    (
        "a type of a class that does not exist",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.01").update({"class": "POX"}),
        ["types.POL.01.class", "'POX'"],
    ),
    (
        "an unknown crosswalk code",
        "taxonomy.yaml",
        lambda t: entry(t, "types", "POL.01").update(uu7=["z"]),
        ["POL.01.uu7", "facets/uu7_source.yaml"],
    ),
    (
        "a move to an unknown state",
        "lifecycles.yaml",
        lambda t: rule(t, "lifecycles", "event")["moves"]["open"].append("vanished"),
        ["lifecycles.event.2020-01-01.moves.open", "'vanished'"],
    ),
    (
        "a state nobody reaches",
        "lifecycles.yaml",
        lambda t: rule(t, "lifecycles", "event")["moves"].update(handled=["resolved"]),
        ["'dampened'", "No move leads here"],
    ),
    (
        "a move into a derived state",
        "lifecycles.yaml",
        lambda t: rule(t, "lifecycles", "task")["moves"]["accepted"].append("overdue"),
        ["'overdue'", "not derived"],
    ),
    (
        "a state without a line of moves",
        "lifecycles.yaml",
        lambda t: rule(t, "lifecycles", "task")["moves"].pop("checked"),
        ["moves.checked", "final state"],
    ),
    (
        "a value without source",
        "thresholds/publication.yaml",
        lambda t: t["thresholds"]["public_minimum_cell"].pop("source"),
        ["thresholds.public_minimum_cell.source", "Add this key"],
    ),
    (
        "a value without anybody who chose it",
        "retention.yaml",
        lambda t: t["retention"]["disproved_report"].pop("chosen_by"),
        ["disproved_report.chosen_by"],
    ),
    (
        "a value without unit",
        "ladders.yaml",
        lambda t: t["ladders"]["siaga"].pop("unit"),
        ["ladders.siaga.unit"],
    ),
    (
        "a table without any value",
        "retention.yaml",
        lambda t: t["retention"]["disproved_report"].update(values={}),
        ["disproved_report.values"],
    ),
    (
        "a misspelt key",
        "retention.yaml",
        lambda t: t["retention"]["disproved_report"].update(sorce="x"),
        ["disproved_report.sorce", "Remove this key"],
    ),
    (
        "a number written as text",
        "retention.yaml",
        lambda t: rule(t, "retention", "disproved_report").update(amount="30"),
        ["amount", "'30'"],
    ),
    (
        "a fixed period without a number",
        "retention.yaml",
        lambda t: rule(t, "retention", "disproved_report").pop("amount"),
        ["disproved_report.2020-01-01.amount"],
    ),
    (
        "Siaga without a person",
        "alert_rules.yaml",
        lambda t: rule(t, "rules", "siaga").update(human_confirmation=False),
        ["rules.siaga.2020-01-01.human_confirmation", "a person confirms"],
    ),
    (
        "an approval by nobody",
        "alert_rules.yaml",
        lambda t: rule(t, "rules", "waspada")["approval"].update(led_by=[]),
        ["rules.waspada", "at least one office"],
    ),
    (
        "two persons without a second office",
        "alert_rules.yaml",
        lambda t: rule(t, "rules", "awas")["approval"].update(joined_by=[]),
        ["rules.awas", "second person"],
    ),
    (
        "an unknown required field",
        "alert_rules.yaml",
        lambda t: rule(t, "rules", "awas")["required"].append("blessing"),
        ["'blessing'", "alert_field.yaml"],
    ),
    ("a level without rule", "alert_rules.yaml", lambda t: t["rules"].pop("siaga"), ["'siaga'"]),
    (
        "a ladder of no level",
        "ladders.yaml",
        lambda t: t["ladders"].update(merah=t["ladders"]["siaga"]),
        ["'merah'"],
    ),
    (
        "a ladder that goes down",
        "ladders.yaml",
        lambda t: rule(t, "ladders", "siaga")["rungs"].reverse(),
        ["ladders.siaga", "shorter wait first"],
    ),
    (
        "an office that closes before it opens",
        "ladders.yaml",
        lambda t: at_first_date(t, "office_hours").update(closes_minute=60),
        ["office_hours", "closes after it opens"],
    ),
    (
        "a form that says nothing about hostility",
        "facets/form.yaml",
        lambda t: entry(t, "codes", "F09").pop("hostile"),
        ["codes.F09.hostile", "true or false"],
    ),
    (
        "hostility in a facet that decides nothing",
        "facets/trigger.yaml",
        lambda t: entry(t, "codes", "T01").update(hostile=True),
        ["codes.T01.hostile", "Remove it"],
    ),
    (
        "a peaceful protest called hostile",
        "facets/form.yaml",
        lambda t: entry(t, "codes", "F04").update(hostile=True),
        ["codes.F04.context_only"],
    ),
    (
        "an impact without unit",
        "facets/impact.yaml",
        lambda t: entry(t, "codes", "I01").pop("unit"),
        ["codes.I01.unit"],
    ),
    (
        "two defaults",
        "facets/origin.yaml",
        lambda t: entry(t, "codes", "luar_negeri").update(default=True),
        ["facets/origin.yaml", "one default"],
    ),
    (
        "a severity condition on an unknown form",
        "severity.yaml",
        lambda t: at_first_date(t, "severity")[0]["any_of"][1].update(forms=["F77"]),
        ["armed_attack", "'F77'"],
    ),
    (
        "a severity condition with two grounds",
        "severity.yaml",
        lambda t: at_first_date(t, "severity")[0]["any_of"][0].update(forms=["F08"]),
        ["death", "exactly one"],
    ),
    (
        "a missing anchor",
        "severity.yaml",
        lambda t: at_first_date(t, "severity").pop(),
        ["each grade 1 to 5 once"],
    ),
    (
        "a referral to an unknown body",
        "not_an_incident.yaml",
        lambda t: entry(t, "codes", "service_complaint").update(refers_to=["nobody"]),
        ["'nobody'", "referrals.yaml"],
    ),
    (
        "an accused body without another way",
        "referrals.yaml",
        lambda t: entry(t, "codes", "polres").pop("if_accused"),
        ["codes.polres.if_accused"],
    ),
    (
        "a matter that nobody takes",
        "referrals.yaml",
        lambda t: t["matters"].update(weather={"id": "cuaca", "en": "weather"}),
        ["matters.weather", "Name a body"],
    ),
    (
        "an accused desk of no actor type",
        "accused_desks.yaml",
        lambda t: t["codes"][0].update(code="A99"),
        ["'A99'", "actor_type.yaml"],
    ),
    (
        "a threshold named in two files",
        "thresholds/events.yaml",
        lambda t: t["thresholds"].update(public_minimum_cell=t["thresholds"]["watch_period_long_days"]),
        ["thresholds.public_minimum_cell", "The name is taken"],
    ),
]


@pytest.mark.parametrize(("file", "change", "said"), [pytest.param(*row[1:], id=row[0]) for row in FAULTS])
def test_planted_fault_is_found_and_explained(
    file: str, change: Change, said: list[str], tmp_path: Path
) -> None:
    folder = plant(copy_policy(tmp_path), file, change)
    with pytest.raises(PolicyError) as refusal:
        load_policy(folder)
    message = str(refusal.value)
    for part in said:
        assert part in message
    assert all(finding.next_step.endswith(".") for finding in refusal.value.findings)


def test_an_unchanged_copy_loads(tmp_path: Path) -> None:
    """Guards the tests above: what they find is what they planted."""
    assert load_policy(copy_policy(tmp_path)).event_types


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    folder = copy_policy(tmp_path)
    plant(folder, "taxonomy.yaml", lambda t: retire(t, "POL.03"))
    plant(folder, "report_tiles.yaml", lambda t: t["codes"][0]["suggests"].append("KEL.77"))
    with pytest.raises(PolicyError) as refusal:
        load_policy(folder)
    assert {finding.file for finding in refusal.value.findings} == {"taxonomy.yaml", "report_tiles.yaml"}


def test_a_key_given_twice_in_a_file_is_found(tmp_path: Path) -> None:
    file = copy_policy(tmp_path) / "thresholds" / "events.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.partition("thresholds:\n")[2], encoding="utf-8")
    with pytest.raises(PolicyError, match=r"events\.yaml: line \d+: .*given twice"):
        load_policy(tmp_path)


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    (copy_policy(tmp_path) / "severity.yaml").write_text("severity:\n  label: {id: [}\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"severity\.yaml: line 2"):
        load_policy(tmp_path)


def test_a_missing_file_and_a_file_nobody_reads_are_found(tmp_path: Path) -> None:
    (copy_policy(tmp_path) / "retention.yaml").rename(tmp_path / "retensi.yaml")
    with pytest.raises(PolicyError) as refusal:
        load_policy(tmp_path)
    assert {finding.file for finding in refusal.value.findings} == {"retention.yaml", "retensi.yaml"}


def test_a_missing_facet_that_other_rules_read_is_found(tmp_path: Path) -> None:
    (copy_policy(tmp_path) / "facets" / "form.yaml").unlink()
    with pytest.raises(PolicyError, match=r"facets/form\.yaml"):
        load_policy(tmp_path)


def test_the_word_no_is_read_as_a_word(tmp_path: Path) -> None:
    """Plain YAML would make it false, and a code would become a truth value."""
    file = copy_policy(tmp_path) / "facets" / "confidence.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("code: tinggi", "code: no"), encoding="utf-8")
    assert "no" in load_policy(tmp_path).facets["confidence"]


def test_the_retired_type_of_a_tile_needs_its_successor_beside_it(tmp_path: Path) -> None:
    folder = plant(copy_policy(tmp_path), "taxonomy.yaml", lambda t: retire(t, "KAM.05", successor="KAM.03"))
    with pytest.raises(PolicyError, match=r"add its successor KAM\.03"):
        load_policy(folder)


def test_the_version_changes_with_a_rule(tmp_path: Path) -> None:
    before = load_policy(copy_policy(tmp_path)).version
    plant(tmp_path, "thresholds/events.yaml", lambda t: later_value(t, "watch_period_long_days"))
    assert load_policy(tmp_path).version != before


def later_value(tree: Tree, name: str) -> None:
    tree["thresholds"][name]["values"][date(2027, 1, 1)] = 60
