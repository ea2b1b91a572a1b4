"""What a reporter may read of the end: the officer's line where nothing forbids it, the plain word otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from kentongan.events.decisions import Progress


@dataclass(frozen=True, slots=True)
class Feedback:
    """One of the four plain states, the code of the closing word, and the officer's line; both may be empty."""

    state: str
    word: str = ""
    line: str = ""


def feedback_of(progress: Progress, *, thanks: str, restricted: bool) -> Feedback:
    """The officer's line is told when the report has come to its end and the event is not restricted.

    Of a restricted event not even the wording of a line may tell that it is one: the standard word stands, as for
    every report without a line.
    """
    told = progress.state == "finished" and progress.word not in {"withdrawn", "forwarded"} and not restricted
    return Feedback(progress.state, progress.word, thanks if told else "")
