"""File shapes of the policy data, one module per idea."""
