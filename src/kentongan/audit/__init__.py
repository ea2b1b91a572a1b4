"""Append-only keyed chain of every action; it is also the outbox that the pipeline reads."""
