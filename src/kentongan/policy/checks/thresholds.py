"""Thresholds share one space of names over all their files."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.thresholds import ThresholdFile


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    homes: dict[str, str] = {}
    for subject, file in files.folder("thresholds", ThresholdFile).items():
        for name in file.thresholds:
            if name in homes:
                step = f"The name is taken in thresholds/{homes[name]}.yaml; choose another."
                yield Finding(f"thresholds/{subject}.yaml", f"thresholds.{name}", name, step)
            homes.setdefault(name, subject)
