"""Reports as they arrive: immutable, idempotent, with a receipt; suggestions stay suggestions."""
