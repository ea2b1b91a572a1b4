"""The after-action review: five short answers, prefilled with the facts that were recorded."""

from __future__ import annotations

from dataclasses import dataclass

from kentongan.response.decisions.tasks import Refusal

LONGEST_ANSWER = 1_000


@dataclass(frozen=True, slots=True)
class Review:
    """What was planned, what happened, why they differ, what to keep, what to do better."""

    planned: str
    happened: str
    difference: str
    keep: str
    improve: str

    @property
    def answers(self) -> tuple[str, ...]:
        return (self.planned, self.happened, self.difference, self.keep, self.improve)


def review_refusal(review: Review) -> Refusal | None:
    """The first question without an answer, by its number, or an answer that is too long; None when complete."""
    for number, answer in enumerate(review.answers, start=1):
        if not answer.strip():
            return "response.answer_missing", {"question": number}
        if len(answer) > LONGEST_ANSWER:
            return "response.answer_too_long", {"question": number, "most": LONGEST_ANSWER}
    return None
