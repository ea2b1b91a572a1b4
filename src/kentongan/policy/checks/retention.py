"""A retention with a fixed period has a number; one that follows a record or a decision has none."""

from __future__ import annotations

from collections.abc import Iterator

from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.retention import RetentionFile

FILE = "retention.yaml"


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    for code, table in files.one(FILE, RetentionFile).retention.items():
        for start, rule in table.values.items():
            if (rule.amount is not None) != rule.ends.startswith("after_"):
                yield Finding(
                    FILE,
                    f"retention.{code}.{start}.amount",
                    rule.amount,
                    "Give a number only with after_days or after_hours.",
                )
