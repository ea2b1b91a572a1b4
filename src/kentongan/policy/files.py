"""The policy folder as validated files: read once, each in its shape, every fault collected.

files (this module)  →  checks (do they fit each other)  →  loader (one frozen Policy)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kentongan.policy.errors import Finding, PolicyError
from kentongan.policy.schema.alerts import LadderFile, LevelFile, LevelRuleFile
from kentongan.policy.schema.base import StrictValue
from kentongan.policy.schema.lifecycles import LifecycleFile
from kentongan.policy.schema.playbooks import PlaybookFile
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
from kentongan.policy.schema.taxonomy import FacetFile, TaxonomyFile
from kentongan.policy.schema.thresholds import ThresholdFile
from kentongan.policy.yaml_text import read_yaml

F = TypeVar("F", bound=StrictValue)

SHAPES: Mapping[str, type[StrictValue]] = {
    "taxonomy.yaml": TaxonomyFile,
    "lifecycles.yaml": LifecycleFile,
    "alert_levels.yaml": LevelFile,
    "alert_rules.yaml": LevelRuleFile,
    "ladders.yaml": LadderFile,
    "task_rules.yaml": TaskRuleFile,
    "severity.yaml": SeverityFile,
    "retention.yaml": RetentionFile,
    "referrals.yaml": ReferralFile,
    "accused_desks.yaml": AccusedDeskFile,
    "accused_offices.yaml": AccusedOfficeFile,
    "checklists.yaml": ChecklistFile,
    "report_tiles.yaml": TileFile,
    "not_an_incident.yaml": NotIncidentFile,
}
FOLDERS: Mapping[str, type[StrictValue]] = {
    "facets": FacetFile,
    "vocabularies": FacetFile,
    "thresholds": ThresholdFile,
    "playbooks": PlaybookFile,
}
REMEDIES: Mapping[str, str] = {
    "missing": "Add this key; it is required",
    "extra_forbidden": "Remove this key or correct its spelling; nobody reads it",
    "string_type": "Write a text; put it in quotes if it looks like a number or true/false",
    "string_too_short": "Write the text; it may not be empty",
    "tuple_type": "Write a list",
    "model_type": "Write the keys of this entry below it",
}


@dataclass
class PolicyFiles:
    """Every file in its shape, by name relative to the data folder, and the hash over all of them."""

    shaped: dict[str, StrictValue] = field(default_factory=dict)
    version: str = ""

    def one(self, name: str, shape: type[F]) -> F:
        """The single file of a name."""
        found = self.shaped[name]
        if not isinstance(found, shape):
            raise TypeError(f"{name} has the shape {type(found).__name__}, not {shape.__name__}")
        return found

    def folder(self, name: str, shape: type[F]) -> Mapping[str, F]:
        """The files of a folder by stem: `facets/form.yaml` is `form`."""
        prefix = f"{name}/"
        names = [path for path in self.shaped if path.startswith(prefix)]
        return {path.removeprefix(prefix).removesuffix(".yaml"): self.one(path, shape) for path in names}


def read_files(root: Traversable) -> PolicyFiles:
    """Read and shape every file; raise one PolicyError that lists every fault found."""
    files, findings, digest = PolicyFiles(), [], hashlib.sha256()
    for name, source in _sources(root):
        if not source.is_file():
            findings.append(Finding(name, "(file)", None, "Put this file back; the policy is not complete."))
            continue
        text = source.read_text(encoding="utf-8")
        digest.update(f"{name}\n{text}\n".encode())
        shaped = _shape(name, text)
        if isinstance(shaped, StrictValue):
            files.shaped[name] = shaped
        else:
            findings += shaped
    findings += _strangers(root)
    if findings:
        raise PolicyError(findings)
    files.version = digest.hexdigest()[:12]
    return files


def _sources(root: Traversable) -> Iterator[tuple[str, Traversable]]:
    for name in SHAPES:
        yield name, root.joinpath(name)
    for folder in FOLDERS:
        place = root.joinpath(folder)
        entries = sorted(place.iterdir(), key=lambda entry: entry.name) if place.is_dir() else []
        yield from ((f"{folder}/{entry.name}", entry) for entry in entries if entry.name.endswith(".yaml"))


def _strangers(root: Traversable) -> Iterator[Finding]:
    """A file that nobody reads is a rule that somebody believes in."""
    for entry in root.iterdir():
        if entry.name not in SHAPES and entry.name not in FOLDERS:
            yield Finding(entry.name, "(file)", None, "Rename or remove it; no file of this name is read.")


def _shape(name: str, text: str) -> StrictValue | list[Finding]:
    shape = SHAPES.get(name) or FOLDERS[name.split("/", maxsplit=1)[0]]
    try:
        return shape.model_validate(read_yaml(text))
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else "(file)"
        return [Finding(name, where, error.problem, "Correct the YAML at this line.")]
    except ValidationError as error:
        return [_finding(name, detail) for detail in error.errors()]


def _finding(name: str, detail: ErrorDetails) -> Finding:
    value = None if detail["type"] == "missing" else detail["input"]
    return Finding(name, _key(detail["loc"]), value, f"{REMEDIES.get(detail['type'], detail['msg'])}.")


def _key(location: tuple[int | str, ...]) -> str:
    """`("codes", 3, "label", "en")` as a person would say it: codes[3].label.en; entries count from 0."""
    return (
        "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
        or "(file)"
    )
