"""The state machines in the files: states, what entering them needs, and the allowed moves."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import FrozenMap, Label, StrictValue, Text

Requirement = Literal["outcome", "reason", "evidence", "review_date"]


class State(StrictValue):
    """One state. `needs` must be recorded to enter it; a derived state is computed, never set by hand."""

    code: Text
    label: Label
    note: Label | None = None
    needs: tuple[Requirement, ...] = ()
    derived: bool = False


class ExceptionMove(StrictValue):
    """A move outside the ordinary ones, allowed only in the named situation."""

    from_state: Text = Field(alias="from")
    to_state: Text = Field(alias="to")
    only: Literal["after_titir"]


class LifecycleSpec(StrictValue):
    """One machine as it stood from one date on."""

    first: Text
    states: tuple[State, ...]
    moves: FrozenMap[Text, tuple[Text, ...]]
    side_moves: tuple[State, ...] = ()
    exceptions: tuple[ExceptionMove, ...] = ()


class LifecycleFile(StrictValue):
    """`lifecycles.yaml`."""

    lifecycles: FrozenMap[Text, Dated[LifecycleSpec]]
