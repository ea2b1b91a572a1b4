"""Plane geometry of administrative outlines: measuring, simplifying with shared borders, projecting, generating."""
