"""Sealed reporter identities and pseudonyms; reached only through intake."""
