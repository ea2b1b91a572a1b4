"""What a reporter is told behind the receipt: one of four plain states, and at the end one closing word."""

from __future__ import annotations

from dataclasses import dataclass

ACTED_ON = frozenset({"handled", "dampened", "resolved"})
OVER = frozenset({"watch", "closed"})
JUDGED = frozenset({"verified", "partly", "refuted", "inconclusive"})


@dataclass(frozen=True, slots=True)
class Progress:
    """Codes of the lists `reporter_state` and `closing_word`; the word is empty until there is one."""

    state: str
    word: str = ""


def progress_of(
    report_state: str, outcome: str, *, event_state: str = "", verification: str = ""
) -> Progress:
    """How far a report has come. `outcome` is that of the triage, empty while it waits."""
    if report_state == "withdrawn":
        return Progress("finished", "withdrawn")
    if not outcome:
        return Progress("received")
    if outcome == "forwarded":
        return Progress("finished", "forwarded")
    if outcome in {"out_of_scope", "spam"}:
        return Progress("finished", "declined" if outcome == "out_of_scope" else "set_aside")
    return _with_event(outcome, event_state=event_state, verification=verification)


def _with_event(outcome: str, *, event_state: str, verification: str) -> Progress:
    if event_state in OVER or verification == "refuted":
        judged = verification if verification in JUDGED else ""
        return Progress("finished", judged or ("linked" if outcome == "linked" else ""))
    return Progress("followed_up" if event_state in ACTED_ON else "examined")
