"""Regions from province to village: codes and their history, aliases, search, the range key."""
