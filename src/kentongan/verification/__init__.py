"""What is true and how sure: evidence, grades, verdicts."""
