"""Mapping: locked records in, quads out. Pure: no file is read or written here."""
