"""What the public door may tell a sender: whether a contact can be kept, whether a client id was used before."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from kentongan.intake.models import Report
from kentongan.vault import queries as vault

# Written out, because every report passes here: building the statement costs more than running it.
_EARLIER = "SELECT 1 FROM intake_report WHERE client_id = %s AND id < %s LIMIT 1"
_CLIENT_ID = Report._meta.get_field("client_id")


def can_keep_contact() -> bool:
    """Whether both key holders are there: without them no form may ask for a contact."""
    return vault.can_seal()


def is_conflicting(client_id: UUID, number: int) -> bool:
    """Whether an earlier report than this one bears the same client id, with other words."""
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [_CLIENT_ID.get_db_prep_value(client_id, connection), number])
        return cursor.fetchone() is not None
