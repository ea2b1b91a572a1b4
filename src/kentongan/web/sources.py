"""Where a report came from, as this reader may see it: source numbers are for desks of the kabupaten and above alone."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from kentongan.accounts.actors import Actor
from kentongan.accounts.permissions import Permission
from kentongan.places.keys import Level, level_of_range

PUBLIC = "publik"
_PSEUDONYM = re.compile(r"S-\d+")


def reads_numbers(actor: Actor, area: int | None) -> bool:
    """Whether this reader sees source numbers there: from a desk of the kabupaten upwards. No area: of any of its desks."""
    return any(
        post.may(Permission.REPORT_READ, area)
        and any(
            (area is None or part.contains(area)) and level_of_range(part) <= Level.REGENCY
            for part in post.own
        )
        for post in actor.posts
    )


def is_pseudonym(source: str) -> bool:
    """Whether a source is a number given to an account, such as S-14."""
    return _PSEUDONYM.fullmatch(source) is not None


def shown_source(source: str, *, numbered: bool) -> str:
    """The source in words: a citizen without account, a number for who may see it, else only that there is one."""
    if source == PUBLIC:
        return _("Warga tanpa akun")
    if is_pseudonym(source) and not numbered:
        return _("Pelapor dengan akun")
    return source
