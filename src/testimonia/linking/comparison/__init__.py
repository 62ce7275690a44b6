"""Comparing sources: equivalents, conflicts, and figures held against counts."""
