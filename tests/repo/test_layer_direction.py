"""A foreign key given as a string is no import, so the direction of relations is checked on the loaded
models.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.repo.sources import PACKAGE, ROOT, layer_order


def stage_of(model: type[Model]) -> str | None:
    """The stage a model belongs to; None for tables of libraries."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "kentongan" else None


def points_upward(from_stage: str, to_stage: str) -> bool:
    order = layer_order()
    return order[to_stage] > order[from_stage]


def relations() -> list[tuple[str, str, str]]:
    """Every relation between two of our tables, as (stage, field, stage pointed to)."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, Field) and field.is_relation and isinstance(field.related_model, type):
                start, end = stage_of(model), stage_of(field.related_model)
                if start and end:
                    found.append((start, f"{model.__name__}.{field.name}", end))
    return found


def test_the_order_knows_which_way_is_up() -> None:
    assert points_upward("audit", "intake")
    assert not points_upward("intake", "audit")
    assert not points_upward("events", "events")


def test_foreign_keys_point_only_to_the_same_or_an_earlier_stage() -> None:
    upward = [f"{start}: {name} -> {end}" for start, name, end in relations() if points_upward(start, end)]
    assert upward == []


def test_stages_with_tables_have_relations_to_look_at() -> None:
    assert relations(), "no relation was found at all: the walk itself must be broken"


def test_audit_has_no_foreign_key_at_all() -> None:
    assert [name for start, name, _ in relations() if start == "audit"] == []
    foreign = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("audit").get_models()
        for field in model._meta.get_fields()
        if field.is_relation
    ]
    assert foreign == []


def test_every_stage_folder_has_its_place_in_the_order() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(layer_order())


@pytest.mark.parametrize("floor", ["analysis", "policy"])
def test_the_pure_floor_loads_without_framework_or_database(floor: str) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"import kentongan.{floor} as floor\n"
        "for module in pkgutil.walk_packages(floor.__path__, floor.__name__ + '.'):\n"
        "    importlib.import_module(module.name)\n"
        "print(*sorted({'django', 'sqlite3', 'psycopg', 'httpx'} & set(sys.modules)))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "src", capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []
