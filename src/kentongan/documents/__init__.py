"""The products the law asks for, as frozen snapshots."""
