"""Build: the floors below put together; the only floor that writes machine-made files."""
