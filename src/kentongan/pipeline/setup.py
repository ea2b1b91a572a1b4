"""Making an instance ready to be used: tables, the list of regions, and in a demo its world."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kentongan.edge.clocks import machine_now
from kentongan.edge.problems import Problem
from kentongan.pipeline.demo.build import build
from kentongan.pipeline.world import is_demo
from kentongan.places.actions import load_regions
from kentongan.places.lists import shipped_list
from kentongan.places.queries import edition

Tell = Callable[[str], None]


def pending_migrations() -> list[str]:
    """Names of the migrations that the database has not seen yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def make_ready(tell: Tell) -> None:
    """Bring the embedded database up to date and load the regions; a PostgreSQL is upgraded by its operator."""
    waiting = pending_migrations()
    if waiting and connection.vendor != "sqlite" and not _is_empty(waiting):
        raise Problem("pipeline.upgrade_needed", number=len(waiting))
    if waiting:
        tell("tabel basis data")
        call_command("migrate", verbosity=0, interactive=False)
    if edition() is None:
        tell("91.599 wilayah resmi")
        load_regions(shipped_list(), at=machine_now(), actor="sistem:pemasangan")


def make_demo(tell: Tell) -> None:
    """A demo world on an empty database; one that has its world already is left as it is."""
    if pending_migrations():
        tell("tabel basis data")
        call_command("migrate", verbosity=0, interactive=False)
    if edition() is None and not is_demo():
        make_ready(tell)
        build(tell)
    elif not is_demo():
        raise Problem("pipeline.not_a_demo")


def _is_empty(waiting: list[str]) -> bool:
    """Whether nothing was ever migrated: the first start on a new database."""
    return "audit.0001_initial" in waiting
