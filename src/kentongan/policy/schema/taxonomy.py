"""TKS-1 in the files: classes, leaf types, facet values and plain vocabularies."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from kentongan.policy.schema.base import Code, Label, ListHead, Source, StrictValue, Text


class EventType(Code):
    """One leaf type: the issue in dispute. `refers_to` are referral targets that belong to the matter."""

    class_code: Text = Field(alias="class")
    definition: Label
    uu7: tuple[Text, ...]
    snpk: tuple[Text, ...]
    acled: tuple[Text, ...]
    field: tuple[Text, ...]
    two_persons: bool = False
    refers_to: tuple[Text, ...] = ()


class FacetValue(Code):
    """One value of a facet.

    `hostile` says whether the value by itself shows threat, force, damage or inter-group hostility, the
    condition for being an event at all; only the lists that carry it (form, impact) may use it.
    """

    hostile: bool | None = None
    context_only: bool = False
    unit: Label | None = None
    acled: Text | None = None
    default: bool = False


class TaxonomyFile(StrictValue):
    """`taxonomy.yaml`: the classes and all leaf types."""

    taxonomy: Text
    version: Text
    label: Label
    source: Source
    chosen_by: Source
    valid_from: date
    classes: tuple[Code, ...]
    types: tuple[EventType, ...]


class FacetFile(ListHead):
    """`facets/<name>.yaml` and `vocabularies/<name>.yaml`; the file name is the name of the list."""

    codes: tuple[FacetValue, ...] = Field(min_length=1)
