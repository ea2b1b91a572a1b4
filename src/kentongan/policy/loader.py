"""The one way from the policy folder to a Policy: read, check, build.

Called once at start. A fault stops the start with every finding listed; nothing runs on half a rule book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from kentongan.policy.checks import findings_in
from kentongan.policy.code_list import C, CodeList
from kentongan.policy.errors import PolicyError
from kentongan.policy.files import PolicyFiles, read_files
from kentongan.policy.policy import Policy
from kentongan.policy.schema.alerts import LadderFile, LevelFile, LevelRuleFile
from kentongan.policy.schema.base import ListHead
from kentongan.policy.schema.lifecycles import LifecycleFile
from kentongan.policy.schema.playbooks import Playbook, PlaybookFile
from kentongan.policy.schema.retention import RetentionFile
from kentongan.policy.schema.routes import (
    AccusedDeskFile,
    AccusedOfficeFile,
    ChecklistFile,
    NotIncidentFile,
    ReferralFile,
    TileFile,
)
from kentongan.policy.schema.severity import SeverityFile
from kentongan.policy.schema.tasks import TaskRuleFile
from kentongan.policy.schema.taxonomy import FacetFile, FacetValue, TaxonomyFile
from kentongan.policy.schema.thresholds import ThresholdFile


def shipped_folder() -> Traversable:
    """The data folder inside the package, also in an installed wheel."""
    return package_files("kentongan.policy").joinpath("data")


def load_policy(path: Path | None = None) -> Policy:
    """Read, check and build; raises PolicyError with every fault found."""
    files = read_files(path if path is not None else shipped_folder())
    findings = tuple(findings_in(files))
    if findings:
        raise PolicyError(findings)
    return _build(files)


def _build(files: PolicyFiles) -> Policy:
    taxonomy = files.one("taxonomy.yaml", TaxonomyFile)
    levels = files.one("alert_levels.yaml", LevelFile)
    rules = files.one("alert_rules.yaml", LevelRuleFile)
    ladders = files.one("ladders.yaml", LadderFile)
    referrals = files.one("referrals.yaml", ReferralFile)
    desks = files.one("accused_desks.yaml", AccusedDeskFile)
    offices = files.one("accused_offices.yaml", AccusedOfficeFile)
    checklists = files.one("checklists.yaml", ChecklistFile)
    tiles = files.one("report_tiles.yaml", TileFile)
    not_incidents = files.one("not_an_incident.yaml", NotIncidentFile)
    return Policy(
        version=files.version,
        taxonomy_name=f"{taxonomy.taxonomy} {taxonomy.version}",
        classes=_code_list("class", taxonomy.classes, head=taxonomy),
        event_types=_code_list("event_type", taxonomy.types, head=taxonomy),
        facets=_facet_lists(files, "facets"),
        vocabularies=_facet_lists(files, "vocabularies"),
        lifecycles=files.one("lifecycles.yaml", LifecycleFile).lifecycles,
        level_looks=_code_list("alert_level", levels.codes, head=levels),
        alert_disclaimer=levels.disclaimer,
        alert_rules=rules.rules,
        ladders=ladders.ladders,
        office_hours=ladders.office_hours,
        overdue=files.one("task_rules.yaml", TaskRuleFile).overdue,
        severity=files.one("severity.yaml", SeverityFile).severity,
        retention=files.one("retention.yaml", RetentionFile).retention,
        referral_matters=referrals.matters,
        referrals=_code_list("referral", referrals.codes, head=referrals),
        accused_desks=_code_list("accused_desk", desks.codes, head=desks),
        accused_offices=_code_list("accused_office", offices.codes, head=offices),
        checklists=_code_list("checklist", checklists.codes, head=checklists),
        report_tiles=_code_list("report_tile", tiles.codes, head=tiles),
        not_incidents=_code_list("not_an_incident", not_incidents.codes, head=not_incidents),
        playbooks=_playbook_lists(files),
        thresholds=MappingProxyType(
            {
                name: table
                for file in files.folder("thresholds", ThresholdFile).values()
                for name, table in file.thresholds.items()
            }
        ),
    )


def _code_list(name: str, codes: Sequence[C], *, head: ListHead | TaxonomyFile) -> CodeList[C]:
    return CodeList(
        name=name,
        label=head.label,
        source=head.source,
        chosen_by=head.chosen_by,
        valid_from=head.valid_from,
        entries=MappingProxyType({entry.code: entry for entry in codes}),
    )


def _facet_lists(files: PolicyFiles, folder: str) -> Mapping[str, CodeList[FacetValue]]:
    heads = files.folder(folder, FacetFile)
    return MappingProxyType({name: _code_list(name, head.codes, head=head) for name, head in heads.items()})


def _playbook_lists(files: PolicyFiles) -> Mapping[str, CodeList[Playbook]]:
    heads = files.folder("playbooks", PlaybookFile)
    return MappingProxyType(
        {name: _code_list("playbook", head.codes, head=head) for name, head in heads.items()}
    )
