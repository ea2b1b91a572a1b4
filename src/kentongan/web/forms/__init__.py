"""Forms of the pages: what was typed becomes plain values for one action; every error names the field."""
