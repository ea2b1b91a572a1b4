"""What makes a happening an event: at least one facet of threat, force, damage or inter-group hostility.

Lawful protest, criticism, belief and membership show none of these and are never an event, however large the
crowd. The stage `events` asks here and holds the answer with a database constraint.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kentongan.policy.errors import UnknownCode
from kentongan.policy.policy import PolicyOnDate


def shows_hostility(
    forms: Collection[str],
    impacts: Mapping[str, int | None],
    *,
    policy: PolicyOnDate,
    groups_hostile: bool = False,
) -> bool:
    """True if the facts may be an event.

    An impact counts only when at least one case is known; None means unknown and shows nothing.
    `groups_hostile` is a person's statement that groups of residents stand hostile against each other.
    """
    return groups_hostile or bool(hostile_facets(forms, impacts, policy=policy))


def hostile_facets(
    forms: Collection[str], impacts: Mapping[str, int | None], *, policy: PolicyOnDate
) -> tuple[str, ...]:
    """The codes that make it an event, forms first, in the order of the lists."""
    require_known(forms, facet="form", policy=policy)
    require_known(impacts, facet="impact", policy=policy)
    shown = [code for code, value in policy.facets["form"].items() if value.hostile and code in forms]
    shown += [
        code
        for code, value in policy.facets["impact"].items()
        if value.hostile and (impacts.get(code) or 0) > 0
    ]
    return tuple(shown)


def is_context_only(forms: Collection[str], *, policy: PolicyOnDate) -> bool:
    """True if every form named is context for the agenda and nothing more (peaceful protest)."""
    require_known(forms, facet="form", policy=policy)
    return bool(forms) and all(policy.facets["form"][form].context_only for form in forms)


def require_known(codes: Collection[str], *, facet: str, policy: PolicyOnDate) -> None:
    """Refuse a code that the facet does not hold on that day; a misspelt code must not read as harmless."""
    for code in codes:
        if code not in policy.facets[facet]:
            raise UnknownCode(code, listed_in=facet)
