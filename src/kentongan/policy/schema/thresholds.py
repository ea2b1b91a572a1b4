"""Single numbers that a rule needs, in the files of `thresholds/`."""

from __future__ import annotations

from kentongan.policy.dated import Dated
from kentongan.policy.schema.base import FrozenMap, StrictValue, Text


class ThresholdFile(StrictValue):
    """`thresholds/<subject>.yaml`; the names are one space over all files of the folder."""

    thresholds: FrozenMap[Text, Dated[float]]
