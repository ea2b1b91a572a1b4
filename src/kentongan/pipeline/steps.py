"""The jobs that `flow.py` names. Each takes the subject of the recorded action and is safe to run twice."""

from __future__ import annotations

from kentongan.accounts.actors import Actor
from kentongan.alerts.actions import stand_down_for_event
from kentongan.documents.actions import render_product
from kentongan.edge.clocks import domain_now
from kentongan.edge.jobs import job
from kentongan.intake.actions import process_photo
from kentongan.pipeline.guessing import suggest_for_report
from kentongan.response.actions import process_proof, reopen_after_report


@job("intake.suggest", tries=3)
def suggest(*, subject: str) -> None:
    """Read the text of a report; what is found stays grey until a person decides."""
    suggest_for_report(number_of(subject), at=domain_now())


@job("intake.process_photo", tries=3)
def make_photo_clean(*, subject: str) -> None:
    """Strip a photo; a file that is no photo is marked, and the next one is looked at."""
    process_photo(number_of(subject), at=domain_now())


@job("alerts.stand_down_after_outcome")
def stand_down_after_outcome(*, subject: str) -> None:
    """Nobody is left standing after the outcome of an event is known."""
    stand_down_for_event(
        number_of(subject),
        by=Actor.of_system("tindak-lanjut"),
        at=domain_now(),
        reason="hasil peristiwa dicatat",
    )


@job("documents.render")
def render_documents(*, subject: str) -> None:
    """The files of a signed document; made already, they stay as they are."""
    render_product(number_of(subject), at=domain_now())


@job("response.process_proof", tries=3)
def make_proof_clean(*, subject: str) -> None:
    """Strip the picture of what was done; a file that is no picture is marked."""
    process_proof(number_of(subject), at=domain_now())


@job("response.reopen_after_report")
def reopen_when_it_recurs(*, subject: str) -> None:
    """A report joined to an event that had ended opens it again."""
    reopen_after_report(number_of(subject), at=domain_now())


def number_of(subject: str) -> int:
    """The row number of a subject such as `report:31`."""
    return int(subject.partition(":")[2])
