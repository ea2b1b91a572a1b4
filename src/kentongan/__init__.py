"""Kentongan: from a signal in a village to an action with an outcome."""

__version__ = "0.1.0"
