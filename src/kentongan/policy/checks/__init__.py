"""Do the policy files fit each other? One module per subject; a fault is a finding, none stops the rest."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.policy.checks import (
    alerts,
    codes,
    lifecycles,
    playbooks,
    retention,
    routes,
    severity,
    taxonomy,
    thresholds,
)
from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles

SUBJECTS = (codes, taxonomy, lifecycles, alerts, severity, retention, routes, thresholds, playbooks)


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    """Every fault between the files, in the order of the subjects."""
    for subject in SUBJECTS:
        yield from subject.findings_in(files)
