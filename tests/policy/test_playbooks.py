"""The playbooks: complete for every type, gentle first, the coercive step marked, agencies that exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kentongan.accounts.models import AgencyKind
from kentongan.policy import Playbook, PolicyError, current_policy, load_policy, policy_on
from tests.policy.planting import Tree, copy_policy, entry, plant

TODAY = date(2026, 11, 12)
PLAYBOOKS = tuple(policy_on(TODAY).playbooks.values())
CODES = [playbook.code for playbook in PLAYBOOKS]


def test_the_ten_themes_and_the_general_one_are_there() -> None:
    assert set(current_policy().playbooks) == {
        "silat",
        "pilkades",
        "kampanye",
        "hoaks",
        "logistik",
        "tps",
        "penolakan-hasil",
        "rumah-ibadat",
        "agraria",
        "suporter",
        "umum",
    }


def test_every_leaf_type_has_a_playbook() -> None:
    policy = policy_on(TODAY)
    assert not [code for code in policy.event_types if not policy.playbooks_for(code)]


def test_the_playbook_for_few_types_stands_before_the_general_one() -> None:
    for code in policy_on(TODAY).event_types:
        sizes = [len(playbook.serves) for playbook in policy_on(TODAY).playbooks_for(code)]
        assert sizes == sorted(sizes)


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=CODES)
def test_measures_climb_from_dialogue_and_every_gentle_step_stands_before_force(playbook: Playbook) -> None:
    steps = [measure.step for measure in playbook.measures]
    assert steps == sorted(steps)
    assert set(steps) == {1, 2, 3, 4, 5}
    for measure in playbook.measures:
        assert measure.needs_check is (measure.step == 5)
    assert {m.step for m in playbook.gentle_measures} == {1, 2, 3, 4}


def test_the_kinds_of_agency_are_those_of_the_accounts() -> None:
    assert set(policy_on(TODAY).vocabularies["agency_kind"]) == set(AgencyKind.values)


def test_the_hoax_playbook_waits_for_the_responsible_body_before_publishing() -> None:
    hoax = policy_on(TODAY).playbooks["hoaks-01"]
    assert "lembaga yang berwenang" in hoax.first_action.id
    assert "sebelum menerbitkan" in hoax.first_action.id


FAULTS: list[tuple[str, Callable[[Tree], object], list[str]]] = [
    ("an unknown type", lambda p: p.update(serves=["KEL.99"]), ["codes.silat-01.serves", "KEL.99"]),
    ("an unknown kind of agency", lambda p: p.update(recipients=["polisi"]), ["polisi", "agency_kind.yaml"]),
    (
        "an unknown trigger",
        lambda p: p["triggers"][1].update(facets=["T99"]),
        ["codes.silat-01.triggers", "T99"],
    ),
    ("force before dialogue", lambda p: p["measures"].reverse(), ["Begin with step 1", "only climbs"]),
    (
        "force without the check",
        lambda p: p["measures"][-1].pop("restricts_rights"),
        ["restricts_rights: true"],
    ),
    ("one language only", lambda p: p["first_action"].pop("en"), ["first_action.en", "required"]),
    ("a step the ladder has not", lambda p: p["measures"][0].update(step=6), ["measures", "step"]),
]


@pytest.mark.parametrize(
    ("change", "said"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_a_fault_in_a_playbook_is_found(
    change: Callable[[Tree], object], said: list[str], tmp_path: Path
) -> None:
    folder = plant(
        copy_policy(tmp_path), "playbooks/silat.yaml", lambda tree: change(entry(tree, "codes", "silat-01"))
    )
    with pytest.raises(PolicyError) as caught:
        load_policy(folder)
    assert all(words in str(caught.value) for words in said), str(caught.value)


def test_a_type_that_no_playbook_serves_is_found(tmp_path: Path) -> None:
    folder = plant(
        copy_policy(tmp_path),
        "playbooks/umum.yaml",
        lambda tree: entry(tree, "codes", "umum-01")["serves"].remove("KEL.06"),
    )
    with pytest.raises(PolicyError, match=r"KEL\.06"):
        load_policy(folder)


def test_a_new_edition_takes_over_on_its_day_and_the_old_one_can_still_be_read(tmp_path: Path) -> None:
    def renew(tree: Tree) -> None:
        old = entry(tree, "codes", "silat-01")
        tree["codes"].append({**old, "code": "silat-02", "valid_from": date(2027, 1, 1)})
        old.update(valid_to=date(2026, 12, 31), successor="silat-02")

    policy = load_policy(plant(copy_policy(tmp_path), "playbooks/silat.yaml", renew))
    assert [p.code for p in policy.on(date(2026, 12, 31)).playbooks_for("KEL.02")] == ["silat-01"]
    assert [p.code for p in policy.on(date(2027, 1, 1)).playbooks_for("KEL.02")] == ["silat-02"]
    assert policy.playbooks["silat"]["silat-01"].label.id == "Gesekan antarperguruan silat"


def test_a_code_of_another_theme_is_refused(tmp_path: Path) -> None:
    def steal(tree: Tree) -> None:
        tree["codes"][0]["code"] = "agraria-01"

    with pytest.raises(PolicyError, match="Another theme has this code"):
        load_policy(plant(copy_policy(tmp_path), "playbooks/silat.yaml", steal))
