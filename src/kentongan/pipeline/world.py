"""What kind of instance this database is: real, or a demo marked as such from its first minute."""

from __future__ import annotations

from kentongan.edge.models import DomainClock


def is_demo() -> bool:
    """Whether the database holds the synthetic province: only such a database has a domain clock of its own."""
    return DomainClock.objects.filter(id=1).exists()
