"""Tasks with an owner and a deadline, and the outcome that closes an event."""
