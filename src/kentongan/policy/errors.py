"""What policy says when its files or a question about them are wrong.

A finding names the file, the key, the value and the next step, so that the person who edited a rule can
mend it without reading code. Policy stands below the error catalogue of `edge`; a stage that lets a user
meet one of these turns it into its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One fault in the policy files."""

    file: str
    key: str
    value: object
    next_step: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {_shown(self.value)}. {self.next_step}"


class PolicyError(Exception):
    """The policy files cannot be used; every fault found is listed, not only the first."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class NotInForce(LookupError):
    """A rule was asked for a day before its first dated value."""


class UnknownCode(KeyError):
    """A code that the list in question does not hold on that day."""

    def __init__(self, code: str, *, listed_in: str) -> None:
        self.code = code
        self.listed_in = listed_in
        super().__init__(code)

    def __str__(self) -> str:
        return f"code {self.code!r} is not in the list {self.listed_in!r}; choose a code in force on that day"


class MoveNotAllowed(ValueError):
    """A state change that the lifecycle does not list."""

    def __init__(self, machine: str, *, from_state: str, to_state: str, allowed: tuple[str, ...]) -> None:
        self.machine = machine
        self.from_state = from_state
        self.to_state = to_state
        self.allowed = allowed
        choices = ", ".join(allowed) or "none, this state is final"
        super().__init__(f"{machine}: {from_state} → {to_state} is not allowed; allowed: {choices}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
