"""Development and set-up tools: standard library unless a module says otherwise, never imported by the
product.
"""
