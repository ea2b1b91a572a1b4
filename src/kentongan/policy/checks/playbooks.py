"""Playbooks point to what exists, begin with dialogue, and mark the step that needs the proportionality check."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kentongan.policy.checks.taxonomy import codes_of, unknown
from kentongan.policy.errors import Finding
from kentongan.policy.files import PolicyFiles
from kentongan.policy.schema.playbooks import COERCIVE_STEP, Playbook, PlaybookFile
from kentongan.policy.schema.taxonomy import FacetFile, TaxonomyFile

KINDS = "vocabularies/agency_kind.yaml"


def findings_in(files: PolicyFiles) -> Iterator[Finding]:
    taken: set[str] = set()
    for theme, file in files.folder("playbooks", PlaybookFile).items():
        name = f"playbooks/{theme}.yaml"
        for playbook in file.codes:
            if playbook.code in taken:
                yield Finding(
                    name,
                    f"codes.{playbook.code}",
                    playbook.code,
                    "Another theme has this code; choose a new one.",
                )
            yield from _reference_findings(files, playbook, name=name)
            yield from _measure_findings(playbook, name=name)
        taken |= {playbook.code for playbook in file.codes}
    yield from _unserved(files)


def _reference_findings(files: PolicyFiles, playbook: Playbook, *, name: str) -> Iterator[Finding]:
    key = f"codes.{playbook.code}"
    types = [kind.code for kind in files.one("taxonomy.yaml", TaxonomyFile).types]
    yield from unknown(name, f"{key}.serves", playbook.serves, among=types, list_name="taxonomy.yaml")
    kinds = files.folder("vocabularies", FacetFile).get("agency_kind")
    if kinds is not None:
        named = (*playbook.recipients, *(kind for measure in playbook.measures for kind in measure.by))
        yield from unknown(name, key, named, among=codes_of(kinds), list_name=KINDS)
    facet = files.folder("facets", FacetFile).get("trigger")
    if facet is not None:
        raised = [code for trigger in playbook.triggers for code in trigger.facets]
        yield from unknown(
            name, f"{key}.triggers", raised, among=codes_of(facet), list_name="facets/trigger.yaml"
        )


def _measure_findings(playbook: Playbook, *, name: str) -> Iterator[Finding]:
    key = f"codes.{playbook.code}.measures"
    steps = [measure.step for measure in playbook.measures]
    if steps[0] != 1:
        yield Finding(name, key, steps[0], "Begin with step 1, clarification and dialogue.")
    if any(later < earlier for earlier, later in pairwise(steps)):
        yield Finding(name, key, steps, "Put the gentler steps first; the ladder only climbs.")
    for measure in playbook.measures:
        if measure.step == COERCIVE_STEP and not measure.restricts_rights:
            yield Finding(name, key, measure.what.id, "Say restricts_rights: true; step 5 opens the check.")


def _unserved(files: PolicyFiles) -> Iterator[Finding]:
    """No alert may be issued without a playbook, so every leaf type in force needs one."""
    served = {
        code
        for file in files.folder("playbooks", PlaybookFile).values()
        for playbook in file.codes
        if playbook.valid_to is None
        for code in playbook.serves
    }
    for kind in files.one("taxonomy.yaml", TaxonomyFile).types:
        if kind.valid_to is None and kind.code not in served:
            yield Finding(
                "playbooks/", kind.code, kind.code, "Name this type in the playbook that serves it."
            )
