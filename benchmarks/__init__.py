"""Measurements by hand; figures are written down in README.md, ratios matter more than seconds."""
