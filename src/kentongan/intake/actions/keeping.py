"""How long things are kept: identities and reports past their day are destroyed, with the counts as proof."""

from __future__ import annotations

from datetime import datetime

from kentongan.vault import actions as vault


def purge_identities(*, at: datetime) -> int:
    """Destroy identities, numbers and shares past their day; the vault records the counts. Returns how many."""
    purged = vault.purge_due(at.date(), at=at)
    return purged.identities + purged.pseudonyms + purged.shares
