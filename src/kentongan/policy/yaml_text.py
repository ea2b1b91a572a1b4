"""YAML read the careful way: a key given twice is a fault, sequences are frozen, `no` is not a boolean.

Plain YAML keeps the last of two equal keys without a word and reads `no` as false; both would hide a mistake
in a rule file.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader
except ImportError:  # PyYAML built without its C parser: the same result, six times slower
    from yaml import SafeLoader  # type: ignore[assignment]


class RuleLoader(SafeLoader):
    """The safe loader with the two traps closed."""

    def construct_mapping(  # the signature is the base class's
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002
    ) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


RuleLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
RuleLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def read_yaml(text: str) -> object:
    """The tree of one file, with every sequence a tuple. Raises yaml.YAMLError with line and column."""
    return _frozen(yaml.load(text, Loader=RuleLoader))  # noqa: S506 — a subclass of the safe loader


def _frozen(tree: object) -> object:
    if isinstance(tree, dict):
        return {key: _frozen(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return tuple(_frozen(value) for value in tree)
    return tree
