"""Template tags: marks, icons and formats (`kentongan_ui`), form controls (`kentongan_forms`)."""
