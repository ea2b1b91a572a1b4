"""Every machine can be walked: known states only, each reached from the first, derived ones by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.lifecycles import machine_from
from kentongan.policy.schema.base import Label
from kentongan.policy.schema.lifecycles import LifecycleFile, LifecycleSpec

FILE = "lifecycles.yaml"
NAMELESS = Label(id="-", en="-")


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    for code, table in files.one(FILE, LifecycleFile).lifecycles.items():
        for start, spec in table.values.items():
            key = f"lifecycles.{code}.{start}"
            faults = [*_unknown_states(spec, key=key), *_odd_states(spec, key=key)]
            yield from faults
            if not faults:
                yield from _unreached(code, spec, key=key)


def _unknown_states(spec: LifecycleSpec, *, key: str) -> Iterator[Finding]:
    by_hand = {state.code for state in spec.states if not state.derived}
    named = [("first", spec.first)]
    named += [(f"moves.{state}", state) for state in spec.moves]
    named += [(f"moves.{state}", after) for state, follow in spec.moves.items() for after in follow]
    named += [("exceptions", state) for move in spec.exceptions for state in (move.from_state, move.to_state)]
    for place, state in named:
        if state not in by_hand:
            yield Finding(FILE, f"{key}.{place}", state, "Name a state of this list that is not derived.")


def _odd_states(spec: LifecycleSpec, *, key: str) -> Iterator[Finding]:
    for code, times in Counter(state.code for state in spec.states).items():
        if times > 1:
            yield Finding(FILE, f"{key}.states", code, "The state is listed twice; keep one.")
    for state in spec.states:
        if not state.derived and state.code not in spec.moves:
            yield Finding(
                FILE, f"{key}.moves.{state.code}", None, "Say what may follow; [] for a final state."
            )


def _unreached(code: str, spec: LifecycleSpec, *, key: str) -> Iterator[Finding]:
    reached = machine_from(code, label=NAMELESS, spec=spec).reachable()
    for state in spec.states:
        if not state.derived and state.code not in reached:
            yield Finding(
                FILE, f"{key}.states", state.code, "No move leads here; add one or remove the state."
            )
