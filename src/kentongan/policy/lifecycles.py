"""State machines as plain values: which moves exist, and the refusal of every other.

The stages ask before they write: `policy.on(day).lifecycles["event"].require("open", "handled")`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kentongan.policy.errors import MoveNotAllowed, UnknownCode
from kentongan.policy.schema.base import Label
from kentongan.policy.schema.lifecycles import LifecycleSpec, State


@dataclass(frozen=True)
class StateMachine:
    """One lifecycle on one day. Derived states (such as overdue) have labels but no moves."""

    code: str
    label: Label
    first: str
    states: Mapping[str, State]
    moves: Mapping[str, tuple[str, ...]]
    side_moves: Mapping[str, State]
    exceptions: Mapping[tuple[str, str], str]

    def next_states(self, state: str) -> tuple[str, ...]:
        """The states that may follow, in the order of the file; empty where the state is final."""
        self._known(state)
        return self.moves.get(state, ())

    def allowed(self, from_state: str, to_state: str, *, situation: str | None = None) -> bool:
        """True for a listed move, or for an exception whose situation holds."""
        self._known(to_state)
        if to_state in self.next_states(from_state):
            return True
        return situation is not None and self.exceptions.get((from_state, to_state)) == situation

    def require(self, from_state: str, to_state: str, *, situation: str | None = None) -> None:
        """Refuse a move that is not listed."""
        if not self.allowed(from_state, to_state, situation=situation):
            raise MoveNotAllowed(
                self.code, from_state=from_state, to_state=to_state, allowed=self.next_states(from_state)
            )

    def needs(self, state: str) -> tuple[str, ...]:
        """What must be recorded to enter a state: outcome, reason, evidence or review_date."""
        return self._known(state).needs

    def is_final(self, state: str) -> bool:
        return not self.next_states(state)

    def label_of(self, state: str) -> Label:
        return self._known(state).label

    def reachable(self) -> frozenset[str]:
        """Every state that some chain of ordinary moves reaches from the first."""
        seen, waiting = {self.first}, [self.first]
        while waiting:
            for state in self.moves.get(waiting.pop(), ()):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return frozenset(seen)

    def _known(self, state: str) -> State:
        try:
            return self.states[state]
        except KeyError:
            raise UnknownCode(state, listed_in=f"lifecycle {self.code}") from None


def machine_from(code: str, *, label: Label, spec: LifecycleSpec) -> StateMachine:
    """The machine of one dated specification."""
    return StateMachine(
        code=code,
        label=label,
        first=spec.first,
        states=MappingProxyType({state.code: state for state in spec.states}),
        moves=spec.moves,
        side_moves=MappingProxyType({move.code: move for move in spec.side_moves}),
        exceptions=MappingProxyType(
            {(move.from_state, move.to_state): move.only for move in spec.exceptions}
        ),
    )
