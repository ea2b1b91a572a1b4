"""Pages in Bahasa Indonesia, English second. Parse, call one action or query, render."""
