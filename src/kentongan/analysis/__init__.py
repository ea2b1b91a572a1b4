"""Pure kernels: values in, values out.

Nothing here knows the framework, the database, the network or the clock, and nothing here reads a file:
gazetteer rows, word lists and thresholds are passed in as frozen values by the stages above.
"""
