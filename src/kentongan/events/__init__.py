"""Happenings and potential happenings, placed and typed by a person."""
